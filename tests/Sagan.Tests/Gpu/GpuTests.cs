using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;
using Sagan.Tests.Training;
using Sagan.Training;

namespace Sagan.Tests.Gpu;

/// <summary>What only a GPU does: uploads that do not wait, libtorch's own kernels, graphs.</summary>
public sealed class GpuTests : IDisposable
{
    private static readonly Device s_gpu = Device.Cuda();

    public GpuTests() => Torch.GpuShortcuts = true;

    public void Dispose() => Torch.GpuShortcuts = false;

    // The host writes the next values while the GPU may not have read the last ones yet.
    [GpuFact]
    public void Values_that_follow_one_another_quickly_arrive_in_their_order()
    {
        using Scope scope = Scope.Open();
        using var slot = new UploadSlot<float>(s_gpu);
        Tensor sum = Tensor.Zeros([1 << 20], device: s_gpu);
        float[] values = new float[1 << 20];

        for (int round = 1; round <= 50; round++)
        {
            Array.Fill(values, round);
            slot.Fill(values, values.Length);
            sum.AddInPlace(slot.Value);
        }

        Assert.All(sum.ToArray<float>(), value => Assert.Equal(50 * 51 / 2, value));
    }

    [GpuFact]
    public void A_graph_does_its_work_at_every_replay_on_what_was_uploaded_before()
    {
        using Scope scope = Scope.Open();
        using var slot = new UploadSlot<float>(s_gpu);
        Tensor sum = Tensor.Zeros([2], device: s_gpu);
        slot.Fill([1, 2], 2);
        void Work()
        {
            using Scope inner = Scope.Open();
            sum.AddInPlace(slot.Value * 3);
        }

        Work();
        using DeviceGraph graph = DeviceGraph.Record(s_gpu, Work);
        graph.Replay();
        slot.Fill([10, 20], 2);
        graph.Replay();

        Assert.Equal([36f, 72f], sum.ToArray<float>());
    }

    [GpuFact]
    public void Attention_of_large_maps_is_that_of_the_processor()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        Tensor[] inputs = [Tensor.Normal([2, 4096, 8], random), Tensor.Normal([2, 1024, 8], random), Tensor.Normal([2, 1024, 32], random)];
        Tensor weights = Tensor.Normal([2, 4096, 32], random);

        Tensor[] here = Run(Device.Cpu), there = Run(s_gpu);

        foreach ((Tensor expected, Tensor made) in here.Zip(there))
            Closeness.Require("attention", expected, made.To(Device.Cpu, DType.Float32), 1e-3);

        Tensor[] Run(Device device)
        {
            Tensor[] leaves = [.. inputs.Select(input => input.To(device, DType.Float32).Detach())];
            foreach (Tensor leaf in leaves)
                leaf.RequiresGrad = true;
            Tensor attended = Fused.Attention(leaves[0], leaves[1], leaves[2]);
            return [attended.Detach(), .. Autograd.Gradients((attended * weights.To(device, DType.Float32)).Sum(), leaves)];
        }
    }

    // Sums of a GPU come in another order every time, so figures are near one another and not the same. A rate that rises by a tenth of itself
    // at every step tells a step with the numbers of another one from its own.
    [GpuFact]
    public void A_training_by_graphs_stays_near_the_eager_one()
    {
        double[] eager = FiguresOf(Execution.Eager, out string? none), recorded = FiguresOf(Execution.Graph, out string? refusal);

        Assert.Null(none);
        Assert.Null(refusal);
        Assert.Equal(eager, recorded, (a, b) => Math.Abs(a - b) < 2e-3 * Math.Max(1, Math.Abs(a)));
    }

    // Of every step the norms of gradients, losses and logits.
    private static double[] FiguresOf(Execution execution, out string? refusal)
    {
        TrainingConfig config = SmallRun.Plain with { Execution = execution };
        using var random = new RandomSource(3);
        using GanModel gan = config.Model.Build(SmallRun.Images, random);
        gan.Generator.To(s_gpu);
        gan.Discriminator.To(s_gpu);
        using Dataset dataset = config.Dataset.Open();
        using var steps = new TrainingSteps(config, gan, dataset, s_gpu);

        var figures = new List<double>();
        for (int step = 0; step < 10; step++)
        {
            steps.Discriminator.Run(step * config.BatchSize, rateFactor: Math.Pow(1.1, step));
            steps.Generator.Run(step * config.BatchSize, rateFactor: Math.Pow(1.1, step));
            figures.AddRange(steps.Discriminator.Statistics.Take());
            figures.AddRange(steps.Generator.Statistics.Take());
        }

        refusal = steps.Refusal;
        return [.. figures];
    }
}
