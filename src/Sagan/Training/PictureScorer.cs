using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Logits from a discriminator: the same logit, bit for bit, whatever else is judged beside a picture.</summary>
public static class PictureScorer
{
    /// <summary>Judges pictures with a discriminator in evaluation mode.</summary>
    /// <param name="discriminator">Judges.</param>
    /// <param name="device">Where the discriminator lives.</param>
    /// <param name="pictures">[N, C, R, R] in [-1, 1].</param>
    /// <param name="labels">[N], each a class of the discriminator.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <returns>[N] logits: the higher, the more real.</returns>
    public static float[] Score(
        Discriminator discriminator, Device device, ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, IProgress<DataProgress>? progress = null)
    {
        ImageSpec spec = discriminator.Images;
        int size = spec.Channels * spec.Resolution * spec.Resolution;
        float[] logits = new float[labels.Length];
        for (int start = 0; start < labels.Length; start += FixedBatch.Size)
        {
            int count = Math.Min(FixedBatch.Size, labels.Length - start);
            using Scope scope = Scope.Open();
            using GradMode noGrad = Autograd.NoGrad();
            (Tensor inputs, Tensor classes) = FixedBatch.Upload(
                pictures.Slice(start * size, count * size), [spec.Channels, spec.Resolution, spec.Resolution], labels.Slice(start, count), device);
            discriminator.Forward(inputs, classes).ToArray<float>().AsSpan(0, count).CopyTo(logits.AsSpan(start));
            progress?.Report(new DataProgress("Judging", start + count, labels.Length));
        }

        return logits;
    }
}
