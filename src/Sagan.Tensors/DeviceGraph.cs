using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>Work of a GPU that was recorded once and is given to it by one call, on the same memory, as often as wanted.</summary>
/// <remarks>
/// Small kernels end sooner than the host can call the next one; a graph calls them all. It reads and writes the very tensors that it
/// was recorded with, so what changes from time to time lies in tensors that are filled anew before each replay, and shapes and
/// numbers of the host stay as they were. A processor has no graphs: there the work is kept and done again under the same rules,
/// which shows whether it does without the host's memory.
/// </remarks>
public sealed class DeviceGraph : IDisposable
{
    [ThreadStatic]
    private static bool t_recording;

    private readonly Action? _kept;   // on a processor
    private nint _handle;             // on a GPU

    private DeviceGraph(Action? kept, nint handle) => (_kept, _handle) = (kept, handle);

    /// <summary>Whether the shim was built for graphs of GPUs: against a CUDA libtorch of 2.5 or newer, with CUDA's headers.</summary>
    public static bool IsSupported => NativeMethods.sagan_graph_supported() != 0;

    /// <summary>Records what work gives to the device, without doing it. The same work should have run a few times before, so that libraries are loaded and algorithms chosen.</summary>
    /// <param name="device">Where the work goes.</param>
    /// <param name="work">Runs on this thread. Tensors that it makes and keeps have no values before the first replay.</param>
    /// <param name="shared">A graph whose memory this one may use, too, because the two never run at once; null: memory of its own.</param>
    /// <exception cref="TorchException">Graphs are not to be had here, or the device refused something of the work.</exception>
    /// <exception cref="InvalidOperationException">The work reads or writes the host's memory; on a processor the replay says so.</exception>
    public static DeviceGraph Record(Device device, Action work, DeviceGraph? shared = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (device.Kind == DeviceKind.Cpu)
            return new DeviceGraph(work, 0);

        TorchException.ThrowIfFailed(NativeMethods.sagan_graph_begin(device.Index, shared?._handle ?? 0, out nint handle), "graph");
        var graph = new DeviceGraph(null, handle);
        try
        {
            Rehearse(work);
            TorchException.ThrowIfFailed(NativeMethods.sagan_graph_end(handle), "graph");
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Gives the device all that was recorded.</summary>
    public void Replay()
    {
        if (_kept is not null)
            Rehearse(_kept);
        else
            TorchException.ThrowIfFailed(
                NativeMethods.sagan_graph_replay(_handle != 0 ? _handle : throw new ObjectDisposedException(nameof(DeviceGraph))), "graph");
    }

    /// <summary>Frees the recording and its memory.</summary>
    public void Dispose()
    {
        if (_handle != 0)
            NativeMethods.sagan_graph_free(_handle);
        _handle = 0;
    }

    /// <summary>Stops what would be recorded once and never happen again.</summary>
    internal static void RequireNoRecording(string operation)
    {
        if (t_recording)
            throw new InvalidOperationException($"{operation}: a graph is being recorded, which knows nothing of the host's memory; fill or read the tensor outside");
    }

    // Under a recording's rules.
    private static void Rehearse(Action work)
    {
        bool former = t_recording;
        t_recording = true;
        try
        {
            work();
        }
        finally
        {
            t_recording = former;
        }
    }
}
