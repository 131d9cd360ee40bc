using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Real pictures in training order, uploaded batch by batch.</summary>
internal sealed class RealPictures(BatchSource source, ImageSpec images, Device device)
{
    /// <summary>Time spent waiting for the loader since the last call of <see cref="TakeWait"/>.</summary>
    private TimeSpan _wait;

    /// <summary>The next batch, in the innermost scope; bytes become [-1, 1] by x / 127.5 - 1.</summary>
    internal Batch Next()
    {
        PixelBatch pixels = source.Next();
        _wait += pixels.Wait;
        int count = pixels.Labels.Length;

        Tensor bytes = Tensor.From<byte>(pixels.Pixels, [count, images.Channels, images.Resolution, images.Resolution], device);
        return new Batch(
            bytes.To(DType.Float32) / 127.5 - 1,
            Tensor.From<long>(pixels.Labels, [count], device));
    }

    internal TimeSpan TakeWait()
    {
        TimeSpan wait = _wait;
        _wait = TimeSpan.Zero;
        return wait;
    }
}
