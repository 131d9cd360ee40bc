using System.Globalization;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>Kinds of devices; the values are libtorch's own (<c>c10::DeviceType</c>).</summary>
public enum DeviceKind
{
    /// <summary>The host.</summary>
    Cpu = 0,

    /// <summary>A CUDA GPU.</summary>
    Cuda = 1,
}

/// <summary>Where tensors live.</summary>
/// <param name="Kind">Host or GPU.</param>
/// <param name="Index">Number of the device; 0 on the host.</param>
public readonly record struct Device(DeviceKind Kind, int Index = 0)
{
    /// <summary>The host.</summary>
    public static Device Cpu => new(DeviceKind.Cpu);

    /// <summary>A GPU by number.</summary>
    public static Device Cuda(int index = 0) => new(DeviceKind.Cuda, index);

    /// <summary>How many devices of a kind the linked libtorch sees.</summary>
    public static int Count(DeviceKind kind) => NativeMethods.sagan_device_count((int)kind);

    /// <summary>Reads <c>auto</c> (the first GPU, else the host), <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="FormatException">Not a device, or none such here; the message says what there is.</exception>
    public static Device Parse(string text)
    {
        int gpus = Count(DeviceKind.Cuda);
        switch (text)
        {
            case "auto": return gpus > 0 ? Cuda() : Cpu;
            case "cpu": return Cpu;
            case "cuda": return Present(0, gpus);
        }

        if (text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return Present(index, gpus);
        throw new FormatException($"'{text}' is no device; write auto, cpu, cuda or cuda:N");
    }

    /// <summary>Waits until all work given to the device is done.</summary>
    public void Synchronize() =>
        TorchException.ThrowIfFailed(NativeMethods.sagan_device_synchronize((int)Kind, NativeIndex), "synchronize");

    /// <summary>Memory in use by tensors; null where this build cannot tell.</summary>
    public unsafe DeviceMemory? Memory(bool resetPeak = false)
    {
        NativeMemoryInfo info;
        TorchException.ThrowIfFailed(
            NativeMethods.sagan_device_memory((int)Kind, NativeIndex, resetPeak ? 1 : 0, &info), "device memory");
        return info.Allocated < 0 ? null : new DeviceMemory(info.Allocated, info.PeakAllocated, info.Reserved);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind == DeviceKind.Cpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");

    /// <summary>libtorch numbers the host -1.</summary>
    internal int NativeIndex => Kind == DeviceKind.Cpu ? -1 : Index;

    internal long Packed => ((long)Kind << 16) | ((long)NativeIndex & 0xffff);

    private static Device Present(int index, int count) => index < count
        ? Cuda(index)
        : throw new FormatException(count == 0
            ? "no CUDA device here: the linked libtorch sees none; use --device cpu, or see `sagan doctor`"
            : $"there is no cuda:{index}; this machine has cuda:0 to cuda:{count - 1}");
}

/// <summary>Memory of tensors on a device, in bytes.</summary>
/// <param name="Allocated">In live tensors.</param>
/// <param name="PeakAllocated">The most since start or the last reset.</param>
/// <param name="Reserved">Taken from the device or, on the host, from the system: what lives and what waits for the next tensor.</param>
public readonly record struct DeviceMemory(long Allocated, long PeakAllocated, long Reserved);
