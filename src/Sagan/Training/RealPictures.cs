using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Real pictures in training order, uploaded batch by batch.</summary>
internal sealed class RealPictures(BatchSource source, ImageSpec images, Device device) : IDisposable
{
    private readonly UploadSlot<byte> _bytes = new(device);
    private readonly UploadSlot<long> _labels = new(device);

    /// <summary>Time spent waiting for the loader since the last call of <see cref="TakeWait"/>.</summary>
    private TimeSpan _wait;

    /// <summary>Uploads the next batch.</summary>
    internal void Load()
    {
        PixelBatch pixels = source.Next();
        _wait += pixels.Wait;
        int count = pixels.Labels.Length;
        _bytes.Fill(pixels.Pixels, count, images.Channels, images.Resolution, images.Resolution);
        _labels.Fill(pixels.Labels, count);
    }

    /// <summary>The batch that was loaded last, in the innermost scope; bytes become [-1, 1] by x / 127.5 - 1.</summary>
    internal Batch Current() => new(_bytes.Value.To(DType.Float32) / 127.5 - 1, _labels.Value);

    /// <summary>Loads a batch and hands it over.</summary>
    internal Batch Next()
    {
        Load();
        return Current();
    }

    internal TimeSpan TakeWait()
    {
        TimeSpan wait = _wait;
        _wait = TimeSpan.Zero;
        return wait;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _labels.Dispose();
    }
}
