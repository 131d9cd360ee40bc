using Sagan.Evaluation;
using Sagan.Models;

namespace Sagan.Tests.Evaluation;

public sealed class CurveTableTests
{
    private static readonly CurvePoint[] s_points = [Point(new Truncation(0.5), 12.5, 3), Point(new Truncation(1), double.NaN, 9), Point(null, 11, 4)];

    [Fact]
    public void A_line_has_the_threshold_the_statistics_and_all_figures()
    {
        string file = Path.GetTempFileName();

        CurveTable.Write(file, s_points);

        Assert.Equal(
            ["threshold,mode,batchNorm,fid1k.fid,is1k.is", "0.5,resample,\"standing, 2 batches of 8\",12.5,3", "1,resample,\"standing, 2 batches of 8\",NaN,9", "none,,\"standing, 2 batches of 8\",11,4"],
            File.ReadAllLines(file));
        File.Delete(file);
    }

    [Fact]
    public void The_best_point_is_the_least_or_the_greatest_number()
    {
        Assert.Same(s_points[2], CurvePoint.Best(s_points, 0, higherIsBetter: false));
        Assert.Same(s_points[0], CurvePoint.Best(s_points, 0, higherIsBetter: true));
        Assert.Same(s_points[1], CurvePoint.Best(s_points, 1, higherIsBetter: true));
        Assert.Null(CurvePoint.Best([s_points[1]], 0, higherIsBetter: true));
    }

    private static CurvePoint Point(Truncation? truncation, double fid, double score) => new(truncation, [Card("fid1k", "fid", fid), Card("is1k", "is", score)]);

    private static MetricCard Card(string metric, string name, double value) => new()
    {
        Metric = metric,
        Values = new Dictionary<string, double> { [name] = value },
        Extractor = "x",
        Resize = "y",
        Weights = "z",
        Generated = "net",
        GeneratedCount = 1000,
        BatchNorm = "standing, 2 batches of 8",
    };
}
