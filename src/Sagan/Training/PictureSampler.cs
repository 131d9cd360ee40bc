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
    private const int BatchSize = 16;

    /// <summary>Draws pictures with a generator in evaluation mode.</summary>
    public static IEnumerable<Raster> Draw(Generator generator, Device device, IEnumerable<SampleRequest> requests)
    {
        foreach (SampleRequest[] batch in requests.Chunk(BatchSize))
        {
            foreach (Raster picture in DrawBatch(generator, device, batch))
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
        float[] z = new float[batch.Length * generator.LatentSize];
        for (int i = 0; i < batch.Length; i++)
            latents.Draw(batch[i].Seed, z.AsSpan(i * generator.LatentSize, generator.LatentSize));
        long[] labels = [.. batch.Select(request => (long)request.Label)];

        Tensor pictures = generator.Forward(
            Tensor.From<float>(z, [batch.Length, generator.LatentSize], device),
            Tensor.From<long>(labels, [batch.Length], device));
        return ToRasters(pictures);
    }
}
