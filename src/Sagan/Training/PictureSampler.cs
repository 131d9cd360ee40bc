using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>One picture to draw.</summary>
/// <param name="Seed">Decides the latent vector.</param>
/// <param name="Label">The class.</param>
public readonly record struct SampleRequest(long Seed, int Label);

/// <summary>Pictures from a generator: the same picture, bit for bit, whatever else is drawn beside it.</summary>
public static class PictureSampler
{
    /// <summary>Seeds go from 0 to here: a seed is a position of <see cref="Latents"/>, which has 56 bits.</summary>
    public const long LargestSeed = (1L << 56) - 1;

    /// <summary>Draws pictures by seed and class with a generator in evaluation mode.</summary>
    public static IEnumerable<Raster> Draw(Generator generator, Device device, IEnumerable<SampleRequest> requests, Truncation? truncation = null)
    {
        Latents latents = LatentsOf(generator, truncation);
        foreach (SampleRequest[] batch in requests.Chunk(FixedBatch.Size))
        {
            float[] z = new float[batch.Length * generator.LatentSize];
            for (int i = 0; i < batch.Length; i++)
                latents.Draw(batch[i].Seed, z.AsSpan(i * generator.LatentSize, generator.LatentSize));
            long[] labels = [.. batch.Select(request => (long)request.Label)];

            foreach (Raster picture in DrawBatch(generator, device, z, labels))
                yield return picture;
        }
    }

    /// <summary>Draws points between classes with a generator in evaluation mode; a point at a class is the picture of its label.</summary>
    public static IEnumerable<Raster> DrawBlends(Generator generator, Device device, IEnumerable<ClassBlend> points)
    {
        foreach (ClassBlend[] batch in points.Chunk(FixedBatch.Size))
        {
            float[] z = [.. batch.SelectMany(point => point.Z)], shares = [.. batch.SelectMany(point => point.Shares)];
            foreach (Raster picture in DrawBatch(generator, device, z, shares, batch.Length))
                yield return picture;
        }
    }

    /// <summary>Where the latent vector of a seed is: position is the seed.</summary>
    public static Latents LatentsOf(Generator generator, Truncation? truncation) =>
        new(generator.LatentSize, generator.Images.Classes, seed: 0, DrawPurpose.Sample) { Truncation = truncation };

    /// <summary>Draws pictures from given latents with a generator in evaluation mode.</summary>
    /// <param name="generator">Draws.</param>
    /// <param name="device">Where the generator lives.</param>
    /// <param name="z">[N, latent size].</param>
    /// <param name="labels">[N], each a class of the generator.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <returns>[N, C, R, R] in [-1, 1].</returns>
    public static float[] Draw(
        Generator generator, Device device, ReadOnlySpan<float> z, ReadOnlySpan<long> labels, IProgress<DataProgress>? progress = null)
    {
        int size = generator.Images.Channels * generator.Images.Resolution * generator.Images.Resolution;
        float[] pictures = new float[checked(labels.Length * size)];
        for (int start = 0; start < labels.Length; start += FixedBatch.Size)
        {
            int count = Math.Min(FixedBatch.Size, labels.Length - start);
            using Scope scope = Scope.Open();
            Tensor drawn = Forward(generator, device, z.Slice(start * generator.LatentSize, count * generator.LatentSize), labels.Slice(start, count));
            drawn.ToArray<float>().AsSpan(0, count * size).CopyTo(pictures.AsSpan(start * size));
            progress?.Report(new DataProgress("Drawing", start + count, labels.Length));
        }

        return pictures;
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

    private static IEnumerable<Raster> DrawBatch(Generator generator, Device device, float[] z, long[] labels)
    {
        using Scope scope = Scope.Open();
        return ToRasters(Forward(generator, device, z, labels)).Take(labels.Length);
    }

    private static IEnumerable<Raster> DrawBatch(Generator generator, Device device, float[] z, float[] shares, int count)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Tensor latents = FixedBatch.Upload(z, [generator.LatentSize], count, device);
        Tensor condition = FixedBatch.Upload(shares, [generator.Images.Classes], count, device);
        return ToRasters(generator.Forward(latents, condition)).Take(count);
    }

    // A full batch: the pictures that fill it up come last.
    private static Tensor Forward(Generator generator, Device device, ReadOnlySpan<float> z, ReadOnlySpan<long> labels)
    {
        if (generator.ConditionsOnPictures)
            throw new ConfigException("network", "it enlarges pictures and draws none of its own; use `sagan upscale NETWORK FILE`");
        using GradMode noGrad = Autograd.NoGrad();
        (Tensor latents, Tensor classes) = FixedBatch.Upload(z, [generator.LatentSize], labels, device);
        return generator.Forward(latents, classes);
    }
}
