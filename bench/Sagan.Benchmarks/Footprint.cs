using System.Diagnostics;
using Sagan.Tensors;

namespace Sagan.Benchmarks;

/// <summary>What the process, or the device, holds at a moment.</summary>
/// <param name="Resident">Bytes in memory; on a GPU, bytes in live tensors.</param>
/// <param name="Peak">The most so far (VmHWM on Linux).</param>
/// <param name="LiveTensors">Tensors alive.</param>
/// <param name="Managed">What the garbage collector had to do so far.</param>
internal readonly record struct Footprint(long Resident, long Peak, long LiveTensors, Garbage Managed)
{
    internal static Footprint Now(Device device)
    {
        if (device.Kind != DeviceKind.Cpu && device.Memory() is { } memory)
            return new Footprint(memory.Allocated, memory.PeakAllocated, Tensor.LiveCount, Garbage.Now());
        using var process = Process.GetCurrentProcess();
        return new Footprint(process.WorkingSet64, process.PeakWorkingSet64, Tensor.LiveCount, Garbage.Now());
    }
}
