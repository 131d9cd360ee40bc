using System.Text.Json.Nodes;
using Sagan.Augmentations;
using Sagan.Data;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>A run that was interrupted ends with the very bytes of one that was not.</summary>
public sealed class ExactResumeTests
{
    // Everything that has a position of its own: several steps, micro-batches, another generator batch, a schedule, mirrors, both moments.
    private static readonly TrainingConfig s_intricate = SmallRun.Plain with
    {
        DiscriminatorSteps = 2,
        MicroBatchSize = 4,
        GeneratorBatchSize = 12,
        Mirror = true,
        LearningRateDecay = new LinearDecay(32, 200),
        GeneratorOptimizer = new AdamConfig { Beta1 = 0.5, Beta2 = 0.99 },
        DiscriminatorOptimizer = new AdamConfig { Beta1 = 0.5, Beta2 = 0.99 },
        TotalImages = 144,
        SnapshotImages = 48,
    };

    [Theory]
    [InlineData(48)]
    [InlineData(80)]
    public void A_cancelled_and_resumed_run_equals_an_uninterrupted_one(long stopAt)
    {
        using var whole = new SmallRun(s_intricate);
        using var parts = new SmallRun(s_intricate);

        whole.Start();
        Assert.Equal(TrainingOutcome.Stopped, parts.RunUntil(stopAt));
        Assert.Equal(stopAt, parts.Directory.NewestResumable());
        Assert.Equal(TrainingOutcome.Finished, parts.Resume());

        SmallRun.AssertSameAt(144, whole, parts);
    }

    // Everything that remembers or looks elsewhere: averages, a probability that moves, real pictures for the generator, a lazy penalty.
    [Fact]
    public void What_losses_terms_and_augmentations_remember_continues_exactly()
    {
        TrainingConfig config = s_intricate with
        {
            Loss = new RelativisticLoss(),
            Model = new SnganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 },
            TotalImages = 96,
            Terms = [new LeCam { StartImages = 20 }, new RealGradientPenalty { Interval = 3 }, new LatentConsistency()],
            Augmentation = new AdaptiveAugmentation { Probability = 0.5, IntervalUpdates = 3, RampImages = 1_000 },
            TopK = new TopK { DecayImages = 20, Decay = 0.8 },
            DiscriminatorClip = 0.5,
        };
        using var whole = new SmallRun(config);
        using var parts = new SmallRun(config);

        whole.Start();
        parts.RunUntil(32);
        parts.RunUntil(80);
        parts.Resume();

        SmallRun.AssertSameAt(96, whole, parts);
        using SafetensorsFile state = SafetensorsFile.Open(whole.Directory.StateFile(96));
        Assert.Superset(
            new HashSet<string> { "term0.real", "term0.fake", "augmentation.probability", "augmentation.signs", "augmentation.pictures" },
            state.Names.ToHashSet());
        double probability = File.ReadLines(whole.Directory.EventsFile)
            .Select(line => JsonNode.Parse(line)!["augmentationProbability"]).Last(value => value is not null)!.GetValue<double>();
        Assert.InRange(probability, 0.2, 0.8);
        Assert.NotEqual(0.5, probability);
    }

    [Fact]
    public void A_run_does_not_continue_on_other_pictures()
    {
        using var run = new SmallRun();
        run.Start();

        var error = Assert.Throws<ArrayFileException>(() => run.Resume(changed: run.Config with { Dataset = new ToyboxConfig { PerClass = 4, Seed = 1 } }));

        Assert.Contains("--init-from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_stopped_after_every_iteration_equals_an_uninterrupted_one()
    {
        using var whole = new SmallRun(s_intricate);
        using var parts = new SmallRun(s_intricate);

        whole.Start();
        while (parts.RunUntil(0) == TrainingOutcome.Stopped)
            Assert.True(parts.Directory.NewestResumable() < s_intricate.TotalImages);

        Assert.Equal(s_intricate.TotalImages / 16, parts.Directory.Snapshots().Count);
        SmallRun.AssertSameAt(144, whole, parts);
    }

    [Fact]
    public void The_stop_file_saves_and_stops_and_the_run_goes_on_exactly()
    {
        using var whole = new SmallRun();
        using var parts = new SmallRun();

        whole.Start();
        TrainingOutcome outcome = parts.Start(images =>
        {
            if (images == 24)
                File.WriteAllText(parts.Directory.StopFile, "");
        });
        long? stoppedAt = parts.Directory.NewestResumable();
        parts.Resume();

        Assert.Equal(TrainingOutcome.Stopped, outcome);
        Assert.Equal(24, stoppedAt);
        SmallRun.AssertSameAt(48, whole, parts);
    }

    [Theory]
    [InlineData("no average")]
    [InlineData("two passes")]
    [InlineData("sngan")]
    [InlineData("rmsprop")]
    [InlineData("average starts late")]
    public void Other_kinds_of_run_continue_exactly(string kind)
    {
        TrainingConfig config = kind switch
        {
            "no average" => SmallRun.Plain with { Ema = null },
            "two passes" => SmallRun.Plain with { JointPass = false },
            "rmsprop" => SmallRun.Plain with { GeneratorOptimizer = new RmsPropConfig(), DiscriminatorOptimizer = new RmsPropConfig() },
            "sngan" => SmallRun.Plain with { Model = new SnganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 } },
            _ => SmallRun.Plain with { Ema = new EmaConfig { HalfLifeImages = 20, StartImages = 32 } },
        };
        using var whole = new SmallRun(config);
        using var parts = new SmallRun(config);

        whole.Start();
        parts.RunUntil(24);
        parts.Resume();

        SmallRun.AssertSameAt(48, whole, parts);
    }

    [Fact]
    public void The_comparison_covers_both_networks_the_average_and_both_moments_of_both_optimizers()
    {
        using var run = new SmallRun(s_intricate);
        using GanModel gan = SmallGan();

        run.RunUntil(16);

        using SafetensorsFile snapshot = SafetensorsFile.Open(run.Directory.SnapshotFile(16));
        using SafetensorsFile state = SafetensorsFile.Open(run.Directory.StateFile(16));
        foreach ((string prefix, global::Sagan.Layers.Module network) in new (string, global::Sagan.Layers.Module)[] { ("generator", gan.Generator), ("discriminator", gan.Discriminator) })
        {
            Assert.All(network.State(), entry => Assert.Contains($"{prefix}.{entry.Name}", snapshot.Names));
            Assert.All(network.NamedParameters(), entry => Assert.Contains($"{prefix}.{entry.Name}.mean", state.Names));
            Assert.All(network.NamedParameters(), entry => Assert.Contains($"{prefix}.{entry.Name}.square", state.Names));
        }

        Assert.All(gan.Generator.State(), entry => Assert.Contains($"ema.{entry.Name}", snapshot.Names));
    }

    [Fact]
    public void One_seed_is_one_run_and_another_seed_is_another()
    {
        using var first = new SmallRun();
        using var second = new SmallRun();
        using var other = new SmallRun(SmallRun.Plain with { Seed = 1 });

        first.RunUntil(16);
        second.RunUntil(16);
        other.RunUntil(16);

        SmallRun.AssertSameAt(16, first, second);
        Assert.NotEqual(File.ReadAllBytes(first.Directory.SamplesFile(16)), File.ReadAllBytes(other.Directory.SamplesFile(16)));
    }

    [Fact]
    public void A_finished_run_goes_on_as_if_it_had_been_longer()
    {
        using var longer = new SmallRun();
        using var shorter = new SmallRun(SmallRun.Plain with { TotalImages = 24 });

        longer.Start();
        shorter.Start();
        shorter.Resume(changed: SmallRun.Plain);

        SmallRun.AssertSameAt(48, longer, shorter);
    }

    // Killed between a snapshot and its state, then stopped before it came there again.
    [Fact]
    public void What_a_killed_run_had_yet_to_remove_goes_when_it_continues()
    {
        using var run = new SmallRun(SmallRun.Plain with { Keep = new KeepPolicy { Last = 1 } });
        run.Start();
        File.Copy(run.Directory.SnapshotFile(48), run.Directory.SnapshotFile(32));

        run.Resume();

        Assert.Equal([48], run.Directory.Snapshots());
    }

    [Fact]
    public void A_snapshot_from_a_later_time_does_not_push_out_the_one_to_resume_from()
    {
        using var run = new SmallRun(SmallRun.Plain with { Keep = new KeepPolicy { Last = 1 } });
        run.RunUntil(16);
        File.Copy(run.Directory.SnapshotFile(16), run.Directory.SnapshotFile(40));

        run.RunUntil(24);

        Assert.Equal(24, run.Directory.NewestResumable());
        Assert.Equal([24, 40], run.Directory.Snapshots());
    }

    private static GanModel SmallGan() => new(
        s_intricate.Model.BuildGenerator(SmallRun.Images), s_intricate.Model.BuildDiscriminator(SmallRun.Images));
}
