using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Training;

/// <summary>Runs the updates of a network: the first eagerly, then one as a graph is recorded of it, then that graph.</summary>
/// <param name="device">Where; on a processor this only shows that they do without the host's memory.</param>
/// <param name="phases">Whoever measures those sees eager updates: a graph has none.</param>
/// <param name="neighbour">Of the other network: the two never run at once and share memory. Null: the first of both.</param>
internal sealed class StepRecorder(Device device, StepPhases phases, StepRecorder? neighbour = null) : IDisposable
{
    // cuDNN tries its algorithms, libraries make their workspaces: what happens once must not be recorded.
    private const int WarmUps = 3;

    private DeviceGraph? _graph;
    private int _updates;

    /// <summary>Why updates stay eager; null while they need not.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>Why the updates of a run cannot be recorded; null: they can.</summary>
    /// <remarks>Of what changes from update to update a graph follows only what is uploaded before it: pictures, latents and Adam's numbers.</remarks>
    internal static string? Obstacle(TrainingConfig config, Device device, params ReadOnlySpan<Optimizer> optimizers)
    {
        bool onGpu = device.Kind != DeviceKind.Cpu;
        foreach (Optimizer optimizer in optimizers)
        {
            if (onGpu && !optimizer.IsRecordable)
                return $"{optimizer.GetType().Name} takes its numbers from the host here";
        }

        if (onGpu && !DeviceGraph.IsSupported)
            return "the shim was built without them: they need a CUDA libtorch of 2.5 or newer, and CUDA's headers when the shim is built";
        if (config.Terms.Count > 0)
            return "terms of the losses draw numbers of their own at every update";
        if (config.Augmentation is not null)
            return "the augmentation draws numbers of its own at every update";
        if (config.TopK is not null)
            return "topK counts pictures anew at every update";
        if (config.Model.ChangesWithTime)
            return "the networks change as they grow";
        if ((config.MicroBatchSize ?? config.BatchSize) < config.BatchSize || (config.MicroBatchSize ?? int.MaxValue) < config.GeneratorBatchSize)
            return "updates of several micro-batches upload pictures in between";
        return null;
    }

    /// <summary>Has an update done.</summary>
    /// <param name="update">The same work every time, by what it gives to the device; replayed once it is recorded.</param>
    internal void Run(Action update)
    {
        if (Refusal is not null || phases.Began is not null || _updates++ < WarmUps || !TryRecord(update))
            update();
        else
            _graph!.Replay();
    }

    public void Dispose() => _graph?.Dispose();

    private bool TryRecord(Action update)
    {
        try
        {
            _graph ??= DeviceGraph.Record(device, update, neighbour?._graph);
            return true;
        }
        catch (Exception refused) when (refused is TorchException or InvalidOperationException)
        {
            // Nothing of it has happened on the device: the update is done eagerly instead.
            Refusal = refused.Message.Split('\n')[0];
            return false;
        }
    }
}
