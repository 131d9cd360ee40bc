using System.Text.Json.Nodes;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Training;
using Sagan.Training.Best;
using Sagan.Training.Scoring;

namespace Sagan.Tests.Training;

/// <summary>Scores of a run in training: when they are taken, what they leave behind, and that training does not notice.</summary>
public sealed class ScoredTrainingTests
{
    [Fact]
    public void A_run_with_scores_is_the_run_without_bit_for_bit()
    {
        using var plain = new SmallRun();
        using var scored = new ScoredRun(ScoredRun.Plain with { Metrics = ScoredRun.Plain.Metrics! with { Names = "fid40_sub,intra_fid,prdc20_full,kid100_full" } });

        plain.Start();
        scored.Run();

        AssertSameWeights(32, plain, scored.Files);
        AssertSameWeights(48, plain, scored.Files);
        Assert.Equal(3, scored.Reports.Count);
    }

    [Fact]
    public void So_it_is_where_the_generator_in_training_draws()
    {
        TrainingConfig config = SmallRun.Plain with { Ema = null };
        using var plain = new SmallRun(config);
        using var scored = new ScoredRun(config with { Metrics = ScoredRun.Plain.Metrics });

        plain.Start();
        scored.Run();

        AssertSameWeights(48, plain, scored.Files);
        Assert.All(scored.Read(), card => Assert.False(card.Ema));
    }

    [Fact]
    public void A_run_that_was_interrupted_has_the_same_scores_and_the_same_end()
    {
        using var whole = new ScoredRun();
        using var parts = new ScoredRun();

        whole.Run();
        parts.Run(until: 8);
        parts.Run(until: 24);
        parts.Run(until: 40);
        parts.Run();

        SmallRun.AssertSameAt(48, whole.Files, parts.Files);
        Assert.Equal([(16, "fid40_sub"), (16, "pr40_full"), (32, "fid40_sub"), (32, "pr40_full"), (48, "fid40_sub"), (48, "pr40_full")], whole.Cards);
        Assert.Equal(Lines(whole), Lines(parts));
    }

    [Fact]
    public void A_score_that_was_broken_off_is_taken_when_the_run_continues()
    {
        TrainingConfig config = SmallRun.Plain with { Metrics = new ScoringConfig { Names = "fid130_full" } };
        using var whole = new ScoredRun(config);
        using var parts = new ScoredRun(config);

        whole.Run();
        TrainingOutcome outcome = parts.Run(until: 32, breaksOff: true);
        long? stoppedAt = parts.Directory.NewestResumable();
        IEnumerable<(long, string)> before = [.. parts.Cards];
        parts.Run();

        Assert.Equal(TrainingOutcome.Stopped, outcome);
        Assert.Equal(32, stoppedAt);
        Assert.Equal([(16, "fid130_full")], before);
        Assert.Equal(Lines(whole), Lines(parts));
        SmallRun.AssertSameAt(48, whole.Files, parts.Files);
    }

    [Fact]
    public void Scores_of_a_time_after_the_one_to_continue_from_are_dropped()
    {
        using var run = new ScoredRun();
        run.Run();
        string[] whole = Lines(run);
        run.Directory.ForgetAfter(32);

        run.Run();

        Assert.Equal(whole, Lines(run));
    }

    [Fact]
    public void Their_rhythm_is_that_of_snapshots_at_or_after_its_multiples_and_the_end()
    {
        TrainingConfig config = SmallRun.Plain with { TotalImages = 120, Metrics = new ScoringConfig { Names = "fid40_sub", EveryImages = 40 } };
        using var run = new ScoredRun(config);

        run.Run();

        Assert.Equal([48, 80, 120], run.Cards.Select(card => card.Images));
    }

    [Fact]
    public void A_card_is_the_one_that_evaluating_the_snapshot_gives()
    {
        using var run = new ScoredRun();
        run.Run();
        using Dataset dataset = run.Files.Config.Dataset.Open();
        using var folder = new TemporaryFolder();
        using var extractor = new global::Sagan.Metrics.Features.ToyboxExtractor();
        Snapshot snapshot = Snapshot.Open(run.Directory.SnapshotFile(32));
        using Generator generator = snapshot.LoadGenerator(Device.Cpu);
        var origin = new SampleOrigin(Path.GetFileName(run.Directory.Path)) { Images = snapshot.Clock, Ema = snapshot.HasEma, BatchNorm = "running", Seed = 0 };

        IReadOnlyList<MetricCard> cards = new Evaluator(extractor) { Real = _ => new PictureReference(new DatasetPictures(dataset)), Cache = new ReferenceCache(folder.Cache) }
            .Evaluate(MetricBook.ParseAll("fid40_sub,pr40_full"), new DrawnPictures(generator, Device.Cpu, origin, snapshot.ClassNames));

        Assert.Equal(cards.Select(card => card.ToJson().ToJsonString()), run.Read().Where(card => card.Images == 32).Select(card => card.ToJson().ToJsonString()));
    }

    [Fact]
    public void Every_score_has_its_curve_in_the_run()
    {
        using var run = new ScoredRun();

        run.Run();

        string[] csv = File.ReadAllLines(Path.Combine(run.Directory.PlotsFolder, "fid40_sub.csv"));
        Assert.Equal(4, csv.Length);
        Assert.True(File.Exists(Path.Combine(run.Directory.PlotsFolder, "pr40_full.svg")));
        Assert.Contains("recall", File.ReadAllLines(Path.Combine(run.Directory.PlotsFolder, "pr40_full.csv"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_snapshot_with_the_best_score_stays_and_is_named()
    {
        TrainingConfig config = ScoredRun.Plain with { TotalImages = 80, Keep = new KeepPolicy { Last = 1, Best = new ScoreMetric("pr40_full") } };
        using var run = new ScoredRun(config);

        run.Run();

        MetricCard best = run.Read().Where(card => card.Metric.EndsWith("pr40_full", StringComparison.Ordinal)).Reverse().MaxBy(card => card.Value)!;
        JsonNode named = JsonNode.Parse(File.ReadAllText(run.Directory.BestFile))!;
        Assert.Equal(best.Images, named["images"]!.GetValue<long>());
        Assert.Equal(best.Value, named["value"]!.GetValue<double>());
        Assert.Equal(new[] { best.Images!.Value, 80 }.Distinct(), run.Directory.Snapshots());
    }

    [Fact]
    public void Unlike_scores_are_not_compared_and_the_field_is_named_once()
    {
        using var run = new ScoredRun(ScoredRun.Plain with { Keep = new KeepPolicy { Last = 100, Best = new ScoreMetric("fid40_sub") } });
        run.Run();
        string[] cards = File.ReadAllLines(run.Directory.MetricsFile);

        // As if the scores so far had been another extractor's, and as good as can be.
        File.WriteAllLines(run.Directory.MetricsFile, cards.Select(card => card.Replace("bilinear-32", "bilinear-64", StringComparison.Ordinal)));
        string[] events = File.ReadAllLines(run.Directory.EventsFile);
        File.WriteAllLines(run.Directory.EventsFile, events.Select(line => line.Contains("\"score\"", StringComparison.Ordinal) ? PerfectScore(line) : line));
        run.Reports.Clear();
        run.Run(changed: run.Files.Config with { TotalImages = 80 });
        string named = File.ReadAllText(run.Directory.BestFile);
        run.Run(changed: run.Files.Config with { TotalImages = 88 });

        Assert.Equal([true, false, false], run.Reports.Select(report => report.Scores[0].Unlike is not null));
        Assert.Contains("resize is bilinear-64", run.Reports[0].Scores[0].Unlike, StringComparison.Ordinal);
        Assert.InRange(JsonNode.Parse(named)!["images"]!.GetValue<long>(), 64, 80);
        Assert.InRange(JsonNode.Parse(File.ReadAllText(run.Directory.BestFile))!["images"]!.GetValue<long>(), 64, 88);
    }

    [Fact]
    public void A_best_score_that_nobody_takes_is_refused()
    {
        TrainingConfig config = ScoredRun.Plain with { Keep = KeepPolicy.Parse("best=fid5k_full") };

        var error = Assert.Throws<ConfigException>(config.Validate);

        Assert.Contains("--metrics fid5k_full", error.Message, StringComparison.Ordinal);
        Assert.Equal(config, ConfigJson.Read(ConfigJson.Write(config)) with { Terms = config.Terms });
    }

    private static string[] Lines(ScoredRun run) => [.. run.Read().Select(card => card.ToJson().ToJsonString())];

    private static string PerfectScore(string line)
    {
        JsonNode score = JsonNode.Parse(line)!;
        score["value"] = 0;
        return score.ToJsonString();
    }

    // The configuration that a snapshot carries names the scores, and is left aside.
    private static void AssertSameWeights(long images, SmallRun plain, SmallRun scored)
    {
        foreach ((string expected, string actual) in new[]
        {
            (plain.Directory.SnapshotFile(images), scored.Directory.SnapshotFile(images)), (plain.Directory.StateFile(images), scored.Directory.StateFile(images)),
        })
        {
            using var left = global::Sagan.Tensors.Files.SafetensorsFile.Open(expected);
            using var right = global::Sagan.Tensors.Files.SafetensorsFile.Open(actual);
            Assert.Equal(left.Names, right.Names);
            Assert.All(left.Names, name => Assert.True(left[name].Bytes.SequenceEqual(right[name].Bytes), name));
        }

        Assert.Equal(File.ReadAllBytes(plain.Directory.SamplesFile(images)), File.ReadAllBytes(scored.Directory.SamplesFile(images)));
    }
}
