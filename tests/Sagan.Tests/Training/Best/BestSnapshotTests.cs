using System.Text.Json.Nodes;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tests.Data;
using Sagan.Training;
using Sagan.Training.Best;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Best;

public sealed class BestSnapshotTests
{
    [Fact]
    public void The_best_snapshot_and_its_state_outlive_pruning_and_are_named()
    {
        using var run = new SmallRun(SmallRun.Plain with { TotalImages = 96, Keep = new KeepPolicy { Last = 1, Best = new MarginMetric() } });

        run.Start();

        var lines = EventLog.Read(run.Directory.EventsFile).Where(line => line["event"]?.ToString() == "snapshot").ToArray();
        long best = lines.Reverse().MinBy(line => line["value"]!.GetValue<double>())!["images"]!.GetValue<long>();
        JsonNode named = JsonNode.Parse(File.ReadAllText(run.Directory.BestFile))!;
        Assert.Equal(6, lines.Length);
        Assert.Equal(best, named["images"]!.GetValue<long>());
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, named["snapshot"]!.GetValue<string>())));
        Assert.True(File.Exists(run.Directory.StateFile(best)));
        Assert.Equal(new[] { best, 96 }.Distinct(), run.Directory.Snapshots());
    }

    [Fact]
    public void Among_equals_the_newest_is_best_and_a_resumed_run_remembers()
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = Run(folder, 10, 20, 30);
        var best = new BestSnapshot(run, new DiversityMetric());
        best.Consider(10, 0.8);
        best.Consider(20, 0.8);
        best.Consider(30, 0.75);

        var resumed = new BestSnapshot(run, new DiversityMetric());
        resumed.Replay([Line(10, "diversity", 0.8), Line(20, "diversity", 0.8), Line(25, "diversity", 0.9), Line(30, "diversity", 0.75), Line(30, "toybox", 1)]);

        Assert.Equal(20, best.Images);
        Assert.Equal(20, resumed.Images);
    }

    [Theory]
    [InlineData(0.42, 0.4)]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 0.5)]
    [InlineData(0.0, 0.0)]
    public void Diversity_is_best_where_it_equals_that_of_real_pictures(double share, double value)
    {
        Assert.Equal(value, new DiversityMetric().Measure(Reading(share)));
    }

    [Fact]
    public void The_toyboxs_oracle_knows_drawn_pictures_from_flat_ones()
    {
        using global::Sagan.Data.Dataset toybox = SmallRun.Plain.Dataset.Open();
        IReadOnlyList<IReadOnlyList<Raster>> drawn = new SampleGrid(SmallRun.Images, toybox.ClassNames).Reals(toybox);
        IReadOnlyList<IReadOnlyList<Raster>> flat = [.. drawn.Select(row => row.Select(_ => new Raster(32, 32, 3)).ToArray())];

        Assert.Equal(1, new ToyboxMetric().Measure(Reading(1) with { Grid = drawn }));
        Assert.Equal(0, new ToyboxMetric().Measure(Reading(1) with { Grid = flat }));
    }

    [Fact]
    public void Metrics_are_chosen_by_name_and_an_unknown_one_is_refused_with_the_list()
    {
        Assert.Equal(new KeepPolicy { Last = 3, Best = new ToyboxMetric() }, KeepPolicy.Parse("last=3,best=toybox"));
        Assert.Contains("diversity, margin, toybox", Assert.Throws<ConfigException>(() => KeepPolicy.Parse("best=beauty")).Message, StringComparison.Ordinal);
    }

    private static RunDirectory Run(TemporaryFolder folder, params long[] snapshots)
    {
        var run = RunDirectory.Create(folder.Path, "best");
        foreach (long images in snapshots)
            File.WriteAllText(run.SnapshotFile(images), "");
        return run;
    }

    private static JsonObject Line(long images, string metric, double value) => new()
    {
        ["event"] = "snapshot",
        ["images"] = images,
        ["metric"] = metric,
        ["value"] = value,
    };

    private static SnapshotReading Reading(double share) => new() { Grid = [], Diversity = new GridDiversity(share, "ring", share), Margin = null };
}
