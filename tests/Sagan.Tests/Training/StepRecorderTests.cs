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
    private static readonly TrainingConfig s_plain = SmallRun.Plain with { TotalImages = 80, SnapshotImages = 80 };

    private static readonly Dictionary<string, TrainingConfig> s_recordable = new()
    {
        ["one pass"] = s_plain,
        ["two passes, a schedule, a bound"] = s_plain with { JointPass = false, LearningRateDecay = new LinearDecay(16, 200), DiscriminatorClip = 0.5 },
        ["several updates"] = s_plain with { DiscriminatorSteps = 2, TotalImages = 128, SnapshotImages = 128 },
        ["another generator batch"] = s_plain with { GeneratorBatchSize = 12 },
        ["RMSProp"] = s_plain with { DiscriminatorOptimizer = new RmsPropConfig() },
        ["shared embedding, chunks of latents"] = s_plain with { Model = new BigGanConfig { LatentSize = 16, GeneratorWidth = 8, DiscriminatorWidth = 8 } },
        ["bf16"] = s_plain with { Precision = Precision.Bf16 },
    };

    private static readonly Dictionary<string, TrainingConfig> s_unrecordable = new()
    {
        ["terms of the losses"] = s_plain with { Terms = [new Consistency()] },
        ["augmentation"] = s_plain with { Augmentation = new DifferentiableAugmentation() },
        ["topK"] = s_plain with { TopK = new TopK() },
        ["several micro-batches upload"] = s_plain with { MicroBatchSize = 4 },
        ["micro-batches upload"] = s_plain with { MicroBatchSize = 8, GeneratorBatchSize = 16 },
        ["grow"] = s_plain with { Model = new GrowingGanConfig { LatentSize = 8, Stages = [16, 32], GeneratorWidth = 4, DiscriminatorWidth = 4, Attention = [16] } },
    };

    public static TheoryData<string> Recordable => [.. s_recordable.Keys];

    public static TheoryData<string> Unrecordable => [.. s_unrecordable.Keys];

    // On a processor a graph repeats the update that was recorded, with that one's place in the streams, and refuses the host's memory.
    // What changes from step to step must have come by what is uploaded before: then the bytes are those of eager updates.
    [Theory]
    [MemberData(nameof(Recordable))]
    public void Repeated_updates_end_with_the_bytes_of_eager_ones(string name) => Assert.Empty(NotesOfTheSameEnd(s_recordable[name]));

    [Theory]
    [MemberData(nameof(Unrecordable))]
    public void What_cannot_be_recorded_trains_eagerly_and_says_why_once(string why) =>
        Assert.Contains(why, Assert.Single(NotesOfTheSameEnd(s_unrecordable[why])), StringComparison.Ordinal);

    [Fact]
    public void On_a_gpu_the_optimizer_s_numbers_must_lie_there_and_the_shim_must_have_been_built_for_graphs()
    {
        using var random = new RandomSource(3);
        using GanModel gan = s_plain.Model.Build(SmallRun.Images, random);
        using Optimizer onTheHost = new AdamConfig().Build(gan.Generator);

        Assert.Null(StepRecorder.Obstacle(s_plain, Device.Cpu, onTheHost));
        Assert.Equal("Adam takes its numbers from the host here", StepRecorder.Obstacle(s_plain, Device.Cuda(), onTheHost));
        Assert.Equal(DeviceGraph.IsSupported, StepRecorder.Obstacle(s_plain, Device.Cuda()) is null);
    }

    [Fact]
    public void What_a_graph_may_read_keeps_its_shape()
    {
        using var slot = new UploadSlot<float>(Device.Cpu);
        slot.Fill([1, 2], 2);
        Tensor first = slot.Value;

        slot.Fill([3, 4], 2);

        Assert.Same(first, slot.Value);
        Assert.Equal([3f, 4f], first.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => slot.Fill([5], 1));
    }

    // Trains by graphs and eagerly, requires the same bytes at the end, and returns what was noted of the graphs.
    private static List<string> NotesOfTheSameEnd(TrainingConfig config)
    {
        using var eager = new SmallRun(config);
        using var recorded = new SmallRun(config with { Execution = Execution.Graph });
        var notes = new List<string>();

        eager.Start();
        using (Dataset dataset = recorded.Config.Dataset.Open())
        using (Trainer trainer = Trainer.Start(recorded.Config, dataset, recorded.Directory, Device.Cpu))
        {
            trainer.Noted += notes.Add;
            Assert.Equal(TrainingOutcome.Finished, trainer.Run());
        }

        SmallRun.AssertSameNetworksAt(config.TotalImages, eager, recorded);
        return notes;
    }
}
