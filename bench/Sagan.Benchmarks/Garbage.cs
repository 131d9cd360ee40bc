namespace Sagan.Benchmarks;

/// <summary>What the garbage collector had to do since the process began.</summary>
/// <param name="Bytes">Allocated on the managed heap.</param>
/// <param name="Young">Collections of generation 0 and no older one.</param>
/// <param name="Middle">Collections of generation 1 and no older one.</param>
/// <param name="Old">Collections of generation 2.</param>
/// <param name="Paused">Time during which all managed threads stood still for it.</param>
internal readonly record struct Garbage(long Bytes, int Young, int Middle, int Old, TimeSpan Paused)
{
    internal static Garbage Now() => new(
        GC.GetTotalAllocatedBytes(),
        GC.CollectionCount(0) - GC.CollectionCount(1),
        GC.CollectionCount(1) - GC.CollectionCount(2),
        GC.CollectionCount(2),
        GC.GetTotalPauseDuration());

    public static Garbage operator -(Garbage later, Garbage earlier) => new(
        later.Bytes - earlier.Bytes, later.Young - earlier.Young, later.Middle - earlier.Middle, later.Old - earlier.Old, later.Paused - earlier.Paused);
}
