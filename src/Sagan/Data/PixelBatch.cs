namespace Sagan.Data;

/// <summary>Pictures and labels as bytes; the buffers are used again after the next call of <see cref="BatchSource.Next"/>.</summary>
public sealed class PixelBatch
{
    internal PixelBatch(int count, int bytesPerPicture)
    {
        // On the pinned heap, so that an upload needs no copy or pinning of its own.
        Pixels = GC.AllocateUninitializedArray<byte>(checked(count * bytesPerPicture), pinned: true);
        Labels = GC.AllocateUninitializedArray<long>(count, pinned: true);
    }

    /// <summary>[pictures, channels, height, width] samples, 0 to 255.</summary>
    public byte[] Pixels { get; }

    /// <summary>[pictures] classes.</summary>
    public long[] Labels { get; }

    /// <summary>Pictures shown before this batch.</summary>
    public long Position { get; internal set; }

    /// <summary>How long the caller waited for this batch; zero when loading keeps ahead.</summary>
    public TimeSpan Wait { get; internal set; }
}
