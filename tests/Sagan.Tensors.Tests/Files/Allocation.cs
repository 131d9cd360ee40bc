namespace Sagan.Tensors.Tests.Files;

/// <summary>What reading a file takes of managed memory, garbage included.</summary>
internal static class Allocation
{
    /// <summary>What is granted beside four times the file: streams' buffers, the exception and its message.</summary>
    public const long Constant = 1 << 20;

    /// <summary>Bytes that <paramref name="action"/> allocated on this thread.</summary>
    public static long Of(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Asserts that reading a file of that size took no more than it may.</summary>
    public static void AssertBounded(long allocated, long fileLength, long constant = Constant) =>
        Assert.True(allocated <= 4 * fileLength + constant, $"{allocated} bytes were allocated for a file of {fileLength}.");
}
