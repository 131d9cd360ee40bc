using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;
using Sagan.Tests.Training;
using Sagan.Training;
using Sagan.Training.Best;
using Sagan.Training.Scoring;

namespace Sagan.Tests.Evaluation;

public sealed class SnapshotScorerTests
{
    [Theory]
    [InlineData("fid5k_ful", null, "fid5k_ful")]
    [InlineData("is100", null, "knows no classes")]
    [InlineData("fid40_full", "beauty", "there is no 'beauty'")]
    [InlineData("fid40_test", null, "no test pictures")]
    public void What_cannot_be_measured_is_refused_before_training(string names, string? features, string complaint)
    {
        Exception? error = Record.Exception(() => Prepare(names, features));

        Assert.True(error is ConfigException or MetricException, error?.ToString());
        Assert.Contains(complaint, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_missing_weights_and_pictures()
    {
        Assert.Throws<ArrayFileException>(() => Prepare("fid40_full", "inception:/nowhere.pth"));
        Assert.Throws<ArrayFileException>(() => Prepare("fid40_full", "classifier:/nowhere.safetensors"));
        Assert.Contains("40 pictures and 1000", Assert.Throws<MetricException>(() => Prepare("fid1k_sub", null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipes_scores_shrink_to_a_small_data_set_and_others_stay()
    {
        TrainingConfig config = SmallRun.Plain with { Metrics = new ScoringConfig { Names = "fid1k_sub,pr1k3_full,fid30_sub" } };
        using Dataset dataset = config.Dataset.Open();

        TrainingConfig fitted = SnapshotScorer.Fit(config, dataset);

        Assert.Equal("fid40_sub,pr1k3_full,fid30_sub", fitted.Metrics!.Names);
        Assert.Same(SmallRun.Plain, SnapshotScorer.Fit(SmallRun.Plain, dataset));
    }

    [Fact]
    public void Choosing_the_best_and_the_metrics_agree_on_what_is_better()
    {
        Assert.All(MetricBook.Examples, metric =>
        {
            Assert.Equal(metric.HigherIsBetter, new ScoreMetric(metric.Name).HigherIsBetter);
            Assert.IsType<ScoreMetric>(SnapshotMetric.Parse(metric.Name));
        });
    }

    private static void Prepare(string names, string? features)
    {
        using var folder = new TemporaryFolder();
        TrainingConfig config = SmallRun.Plain with { Metrics = new ScoringConfig { Names = names, Features = features } };
        using Dataset dataset = config.Dataset.Open();
        using SnapshotScorer? scorer = SnapshotScorer.Open(config, dataset, Device.Cpu, new ReferenceCache(folder.Cache));
        scorer!.Prepare();
    }
}
