using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Exploration;

/// <summary>Pictures with the attention maps of the forward pass that made or judged them.</summary>
public static class AttentionSampler
{
    /// <summary>Draws pictures, the same as <see cref="PictureSampler"/>'s, and keeps where the generator looked.</summary>
    /// <param name="generator">In evaluation mode.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="requests">One after the other: the maps of many pictures would fill the memory.</param>
    /// <param name="truncation">Of the latents; null: none.</param>
    public static IEnumerable<AttentionSample> Draw(
        Generator generator, Device device, IEnumerable<SampleRequest> requests, Truncation? truncation = null)
    {
        foreach (SampleRequest request in requests)
            yield return Draw(generator, device, request, truncation);
    }

    /// <summary>Judges a picture and keeps where the discriminator looked.</summary>
    /// <param name="discriminator">In evaluation mode.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="picture">Of the discriminator's size and channels.</param>
    /// <param name="label">The class as which it is judged.</param>
    /// <returns>The maps, and the logit: the higher, the more real.</returns>
    public static (AttentionSample Sample, float Logit) Judge(Discriminator discriminator, Device device, Raster picture, int label)
    {
        byte[] planar = new byte[picture.Pixels.Length];
        picture.CopyPlanar(planar);
        float[] values = [.. planar.Select(value => (value / 127.5f) - 1)];
        using var probe = new AttentionProbe(discriminator, batch: 1);
        float logit = PictureScorer.Score(discriminator, device, values, [label]).Single();
        return (new AttentionSample(picture, [.. probe.Maps.Select(maps => maps[0])]), logit);
    }

    private static AttentionSample Draw(Generator generator, Device device, SampleRequest request, Truncation? truncation)
    {
        using var probe = new AttentionProbe(generator, batch: 1);
        Raster picture = PictureSampler.Draw(generator, device, [request], truncation).Single();
        return new AttentionSample(picture, [.. probe.Maps.Select(maps => maps[0])]);
    }
}
