using Sagan.Augmentations;
using Sagan.Data;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>Updates that are recorded once and repeated.</summary>
public sealed class StepRecorderTests
{
    // On a processor a graph repeats the update that was recorded, with that one's place in the streams, and refuses the host's memory.
    // What changes from step to step must have come by what is uploaded before: then the bytes are those of eager updates.
    public static TheoryData<string, TrainingConfig> Recordable
    {
        get
        {
            TrainingConfig plain = SmallRun.Plain with { TotalImages = 64, SnapshotImages = 64 };
            return new TheoryData<string, TrainingConfig>
            {
                { "joint pass", plain },
                { "two passes, several updates, a schedule, a bound", plain with { JointPass = false, DiscriminatorSteps = 2, LearningRateDecay = new LinearDecay(16, 200), DiscriminatorClip = 0.5 } },
                { "another generator batch", plain with { GeneratorBatchSize = 12 } },
                { "RMSProp", plain with { DiscriminatorOptimizer = new RmsPropConfig() } },
                { "shared embedding, chunks of latents", plain with { Model = new BigGanConfig { LatentSize = 16, GeneratorWidth = 8, DiscriminatorWidth = 8 } } },
                { "bf16", plain with { Precision = Precision.Bf16 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Recordable))]
    public void Repeated_updates_end_with_the_bytes_of_eager_ones(string name, TrainingConfig config)
    {
        using var eager = new SmallRun(config);
        using var repeated = new SmallRun(config with { Execution = Execution.Graph });

        eager.Start();
        Assert.Empty(Notes(repeated));

        SmallRun.AssertSameNetworksAt(config.TotalImages, eager, repeated);
        Assert.NotEmpty(name);
    }

    public static TheoryData<string, TrainingConfig> Unrecordable => new()
    {
        { "terms of the losses", SmallRun.Plain with { Terms = [new Consistency()] } },
        { "augmentation", SmallRun.Plain with { Augmentation = new DifferentiableAugmentation() } },
        { "topK", SmallRun.Plain with { TopK = new TopK() } },
        { "micro-batches", SmallRun.Plain with { MicroBatchSize = 4 } },
        { "micro-batches", SmallRun.Plain with { MicroBatchSize = 8, GeneratorBatchSize = 16 } },
        { "grow", SmallRun.Plain with { Model = new GrowingGanConfig { LatentSize = 8, Stages = [16, 32], GeneratorWidth = 4, DiscriminatorWidth = 4, Attention = [16] } } },
    };

    [Theory]
    [MemberData(nameof(Unrecordable))]
    public void What_cannot_be_recorded_trains_eagerly_and_says_why_once(string why, TrainingConfig config)
    {
        config = config with { TotalImages = 48, SnapshotImages = 48 };
        using var eager = new SmallRun(config);
        using var refused = new SmallRun(config with { Execution = Execution.Graph });

        eager.Start();
        string note = Assert.Single(Notes(refused));

        Assert.Contains(why, note, StringComparison.Ordinal);
        SmallRun.AssertSameNetworksAt(48, eager, refused);
    }

    [Fact]
    public void On_a_gpu_the_shim_must_have_been_built_for_it_and_the_optimizer_must_lie_there()
    {
        if (!DeviceGraph.IsSupported)
            Assert.Contains("built without", StepRecorder.Obstacle(SmallRun.Plain, Device.Cuda()), StringComparison.Ordinal);
        else
            Assert.Null(StepRecorder.Obstacle(SmallRun.Plain, Device.Cuda()));
        Assert.Null(StepRecorder.Obstacle(SmallRun.Plain, Device.Cpu));
    }

    private static List<string> Notes(SmallRun run)
    {
        var notes = new List<string>();
        using Dataset dataset = run.Config.Dataset.Open();
        using Trainer trainer = Trainer.Start(run.Config, dataset, run.Directory, Device.Cpu);
        trainer.Noted += notes.Add;
        Assert.Equal(TrainingOutcome.Finished, trainer.Run());
        return notes;
    }
}
