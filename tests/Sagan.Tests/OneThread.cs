using Sagan.Tensors;

namespace Sagan.Tests;

/// <summary>One thread of arithmetic until disposal: quickest for small networks, and the reference where threads may change no bit.</summary>
internal sealed class OneThread : IDisposable
{
    private readonly int _former = Torch.Threads;

    internal OneThread() => Torch.Threads = 1;

    public void Dispose() => Torch.Threads = _former;

    internal static T Compute<T>(Func<T> work)
    {
        using var one = new OneThread();
        return work();
    }
}
