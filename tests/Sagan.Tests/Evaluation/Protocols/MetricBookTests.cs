using Sagan.Evaluation.Protocols;
using Sagan.Models;

namespace Sagan.Tests.Evaluation.Protocols;

public class MetricBookTests
{
    [Theory]
    [InlineData("fid50k_full", typeof(FidMetric), 50_000, RealPart.Full)]
    [InlineData("fid50k_test", typeof(FidMetric), 50_000, RealPart.Test)]
    [InlineData("fid2500_sub", typeof(FidMetric), 2500, RealPart.Sub)]
    [InlineData("is5k", typeof(InceptionScoreMetric), 5000, null)]
    [InlineData("kid10k_full", typeof(KidMetric), 10_000, RealPart.Full)]
    [InlineData("intra_fid", typeof(IntraFidMetric), null, RealPart.Full)]
    [InlineData("fid", typeof(FidMetric), null, RealPart.Full)]
    [InlineData("accuracy10k", typeof(AccuracyMetric), 10_000, null)]
    public void A_name_says_what_and_how_many_and_against_what(string name, Type type, int? samples, RealPart? part)
    {
        Metric metric = MetricBook.Parse(name);

        Assert.Equal((type, name, samples, part), (metric.GetType(), metric.Name, metric.Samples, metric.Reference));
    }

    [Theory]
    [InlineData("pr50k3_full", 50_000, 3, false)]
    [InlineData("pr50k", 50_000, 3, false)]
    [InlineData("prdc10k5", 10_000, 5, true)]
    [InlineData("prdc50k10_test", 50_000, 10, true)]
    public void Neighbourhoods_say_how_many_neighbours(string name, int samples, int neighbours, bool withDensity)
    {
        var metric = Assert.IsType<NeighbourhoodMetric>(MetricBook.Parse(name));

        Assert.Equal((samples, neighbours, withDensity), (metric.Samples, metric.Neighbours, metric.WithDensity));
    }

    [Theory]
    [InlineData("fud50k")]
    [InlineData("fid50k3_full")]
    [InlineData("is50k_full")]
    [InlineData("fid0k")]
    [InlineData("FID50k")]
    [InlineData("fid50k_train")]
    [InlineData("")]
    public void What_is_no_metric_is_answered_with_those_there_are(string name)
    {
        ConfigException error = Assert.Throws<ConfigException>(() => MetricBook.Parse(name));

        Assert.Contains("fid50k_full, fid50k_test, is50k", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_pictures_is_another_name()
    {
        Assert.Equal(["fid5k_full", "prdc5k5", "is5k"], MetricBook.ParseAll("fid50k_full, prdc50k5, is", 5000).Select(metric => metric.Name));
        Assert.Equal(["fid300_full"], MetricBook.ParseAll("fid50k_full", 300).Select(metric => metric.Name));
    }

    [Theory]
    [InlineData(" , ", "names no metric")]
    [InlineData("fid5k,is5k,fid5k", "fid5k stands there twice")]
    public void A_list_names_each_metric_once(string names, string problem) =>
        Assert.Contains(problem, Assert.Throws<ConfigException>(() => MetricBook.ParseAll(names)).Message, StringComparison.Ordinal);
}
