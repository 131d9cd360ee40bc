using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class PictureSamplerTests
{
    // Widths at which the arithmetic libraries choose other kernels for other batch sizes.
    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(64)]
    public void A_picture_does_not_depend_on_what_is_drawn_beside_it(int width)
    {
        using Generator generator = Fresh(width);
        SampleRequest[] requests = [.. Enumerable.Range(0, 37).Select(i => new SampleRequest(i * 1_000_003L, i % 10))];

        byte[][] together = [.. PictureSampler.Draw(generator, Device.Cpu, requests).Select(picture => picture.Pixels)];
        byte[][] alone = [.. requests.Select(request => PictureSampler.Draw(generator, Device.Cpu, [request]).Single().Pixels)];
        byte[][] backwards = [.. PictureSampler.Draw(generator, Device.Cpu, requests.Reverse()).Select(picture => picture.Pixels).Reverse()];

        Assert.Equal(together, alone);
        Assert.Equal(together, backwards);
        Assert.Equal(requests.Length, together.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Seed_and_class_both_matter()
    {
        using Generator generator = Fresh(8);

        byte[][] pictures = [.. PictureSampler.Draw(generator, Device.Cpu, [new(1, 0), new(1, 0), new(2, 0), new(1, 1)]).Select(picture => picture.Pixels)];

        Assert.Equal(pictures[0], pictures[1]);
        Assert.NotEqual(pictures[0], pictures[2]);
        Assert.NotEqual(pictures[0], pictures[3]);
    }

    [Fact]
    public void Bytes_survive_the_way_to_the_networks_and_back()
    {
        using Scope scope = Scope.Open();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Tensor pictures = Tensor.From<byte>(bytes, [1, 1, 16, 16]).To(DType.Float32) / 127.5 - 1;

        Raster picture = PictureSampler.ToRasters(pictures).Single();

        Assert.Equal(bytes, picture.Pixels);
    }

    [Fact]
    public void Values_are_rounded_to_the_nearest_byte_and_cut_off_at_the_ends()
    {
        using Scope scope = Scope.Open();
        float Of(double value) => (float)((value / 127.5) - 1);
        Tensor pictures = Tensor.From<float>([-9, -1, Of(0.4), Of(0.6), Of(99.51), Of(100.49), 1, 9], [1, 1, 2, 4]);

        Assert.Equal([0, 0, 0, 1, 100, 100, 255, 255], PictureSampler.ToRasters(pictures).Single().Pixels);
    }

    private static Generator Fresh(int width)
    {
        var config = new SelfAttentionGanConfig { LatentSize = 32, GeneratorWidth = width };
        Generator generator = config.BuildGenerator(SmallRun.Images);
        using var random = new RandomSource(7);
        generator.Initialize(random);
        generator.SetTraining(false);

        // A new network draws all classes alike, and everything in gray.
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter gain) in generator.NamedParameters().Where(entry => entry.Name.EndsWith("gain", StringComparison.Ordinal)))
            gain.Value.FillNormal(random, mean: 1, deviation: 2);
        return generator;
    }
}
