using Sagan.Plots;
using Sagan.Tests.Training;
using Sagan.Training.Collapse;
using Sagan.Tests.Training.Collapse;

namespace Sagan.Tests.Plots;

public sealed class RunChartsTests
{
    [Fact]
    public void A_runs_log_becomes_charts_with_its_warnings_marked()
    {
        using var run = new CollapsingRun(CollapseAction.Warn);
        run.ToTheEnd();

        IReadOnlyList<LineChart> charts = RunCharts.Of(run.Files.Directory);
        IReadOnlyList<string> files = RunCharts.Write(charts, Path.Combine(run.Files.Directory.Path, "plots"));

        Assert.Equal(
            ["losses", "logits", "gradients", "singular-values-generator", "singular-values-discriminator", "speed", "diversity"],
            charts.Select(chart => chart.Name));
        Assert.All(charts, chart => Assert.Contains(chart.Markers, marker => marker.Text.StartsWith("diversity: ", StringComparison.Ordinal)));
        Assert.Equal(6, charts[0].Series[0].Points.Count);
        Assert.All(files, file => Assert.True(File.Exists(file) && File.Exists(Path.ChangeExtension(file, ".csv"))));
    }

    [Fact]
    public void A_run_without_a_line_has_no_charts()
    {
        using var run = new SmallRun();

        Assert.Empty(RunCharts.Of(run.Directory));
    }
}
