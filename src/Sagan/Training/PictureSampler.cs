using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>One picture to draw.</summary>
/// <param name="Seed">Decides the latent vector.</param>
/// <param name="Label">The class.</param>
public readonly record struct SampleRequest(long Seed, int Label);

/// <summary>Pictures from a generator, by seed and class: the same picture whatever else is drawn beside it.</summary>
public static class PictureSampler
{
    // Always as many at once, the last ones filled up: arithmetic libraries choose other kernels for other batch sizes, and
    // a picture would differ by a byte here and there.
    private const int BatchSize = 8;

    /// <summary>Draws pictures with a generator in evaluation mode.</summary>
    public static IEnumerable<Raster> Draw(Generator generator, Device device, IEnumerable<SampleRequest> requests)
    {
        foreach (SampleRequest[] batch in requests.Chunk(BatchSize))
        {
            foreach (Raster picture in DrawBatch(generator, device, batch).Take(batch.Length))
                yield return picture;
        }
    }

    /// <summary>Pictures [N, C, R, R] in [-1, 1] as bytes: 127.5 x + 128, cut off at 0 and 255.</summary>
    public static IReadOnlyList<Raster> ToRasters(Tensor pictures)
    {
        using Scope scope = Scope.Open();
        int channels = (int)pictures.Size(1), height = (int)pictures.Size(2), width = (int)pictures.Size(3);
        byte[] bytes = (pictures * 127.5 + 128).Clamp(0, 255).To(DType.UInt8).ToArray<byte>();
        int size = channels * height * width;
        return [.. Enumerable.Range(0, (int)pictures.Size(0)).Select(i => Raster.FromPlanar(width, height, channels, bytes.AsSpan(i * size, size)))];
    }

    private static IReadOnlyList<Raster> DrawBatch(Generator generator, Device device, SampleRequest[] batch)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var latents = new Latents(generator.LatentSize, generator.Images.Classes, seed: 0, LatentPurpose.Sample);
        float[] z = new float[BatchSize * generator.LatentSize];
        long[] labels = new long[BatchSize];
        for (int i = 0; i < BatchSize; i++)
        {
            SampleRequest request = batch[Math.Min(i, batch.Length - 1)];
            latents.Draw(request.Seed, z.AsSpan(i * generator.LatentSize, generator.LatentSize));
            labels[i] = request.Label;
        }

        Tensor pictures = generator.Forward(
            Tensor.From<float>(z, [BatchSize, generator.LatentSize], device),
            Tensor.From<long>(labels, [BatchSize], device));
        return ToRasters(pictures);
    }
}
