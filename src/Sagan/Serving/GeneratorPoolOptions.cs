using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Serving;

/// <summary>How a <see cref="GeneratorPool"/> uses the machine. The pictures depend on none of it but the device and <see cref="ThreadsPerSlot"/>, and on those in the last bits at most.</summary>
public sealed record GeneratorPoolOptions
{
    /// <summary>Where the networks live. Default: the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Networks that draw at the same time, each with a copy of the weights and a thread of its own. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Threads that the arithmetic of one slot uses. Default: the physical cores, shared among the slots.</summary>
    public int? ThreadsPerSlot { get; init; }

    /// <summary>Pictures that may wait at the same time; one more is refused with <see cref="PoolBusyException"/>. Default: 256.</summary>
    public int MostWaiting { get; init; } = 256;

    /// <summary>Called on a slot's thread before each batch: tests hold it there, or let it fail.</summary>
    internal Action? BeforeDrawing { get; init; }

    internal int Threads => ThreadsPerSlot ?? Math.Max(1, Processor.PhysicalCores / Slots);

    internal void Check()
    {
        RequireOne("slots", Slots);
        RequireOne("threadsPerSlot", Threads);
        RequireOne("mostWaiting", MostWaiting);
    }

    private static void RequireOne(string setting, int value)
    {
        if (value < 1)
            throw new ConfigException(setting, $"{value}: at least 1");
    }
}
