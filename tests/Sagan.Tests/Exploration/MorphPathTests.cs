using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Training;
using Sagan.Training;

namespace Sagan.Tests.Exploration;

public sealed class MorphPathTests
{
    private const int Size = 16;
    private const int Classes = 10;

    private static readonly Latents s_latents = new(Size, Classes, seed: 0, DrawPurpose.Sample);

    [Fact]
    public void Classes_change_evenly_while_the_latent_stays()
    {
        MorphPath path = Path(steps: 4, isLoop: false, new(7, 2), new(7, 5));

        Assert.Equal(5, path.Frames);
        Assert.All(path.Points(), point => Assert.Equal(path[0].Z, point.Z));
        Assert.Equal([1, 0.75f, 0.5f, 0.25f, 0], path.Points().Select(point => point.Shares[2]));
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1], path.Points().Select(point => point.Shares[5]));
        Assert.All(path.Points(), point => Assert.Equal(1, point.Shares.Sum()));
    }

    [Fact]
    public void A_loop_returns_to_its_first_stop_in_steps_as_even_as_the_others()
    {
        MorphPath loop = Path(steps: 6, isLoop: true, new(1, 0), new(2, 3), new(3, 4));
        double[] angles = [.. Enumerable.Range(0, loop.Frames).Select(i => Angle(loop[i].Z, loop[(i + 1) % loop.Frames].Z))];

        Assert.Equal(18, loop.Frames);
        Assert.Equal(1, loop[0].Shares[0]);
        Assert.Equal(5 / 6f, loop[17].Shares[0], 6);
        for (int stop = 0; stop < 3; stop++)
            Assert.All(angles[(6 * stop)..(6 * (stop + 1))], angle => Assert.InRange(angle, 0.3 * angles[6 * stop], 3 * angles[6 * stop]));
    }

    [Fact]
    public void On_the_arc_latents_keep_a_length_that_the_straight_line_would_lose()
    {
        MorphPath path = Path(steps: 8, isLoop: false, new(11, 0), new(12, 0));
        double first = Length(path[0].Z), last = Length(path[8].Z);

        foreach (ClassBlend point in path.Points())
            Assert.InRange(Length(point.Z), 0.97 * Math.Min(first, last), 1.03 * Math.Max(first, last));
        double straight = Length([.. path[0].Z.Zip(path[8].Z, (a, b) => (a + b) / 2)]);
        Assert.True(straight < 0.85 * Length(path[4].Z), $"{straight} {Length(path[4].Z)}");
    }

    [Fact]
    public void Stops_are_bit_for_bit_the_pictures_of_their_seeds_and_classes()
    {
        using Generator generator = Fresh();
        SampleRequest[] stops = [new(4, 1), new(5, 9), new(6, 0)];
        var path = new MorphPath(PictureSampler.LatentsOf(generator, null), Classes, generator.LatentSize, stops, 3, isLoop: true);

        byte[][] way = [.. PictureSampler.DrawBlends(generator, Device.Cpu, path.Points()).Select(picture => picture.Pixels)];
        byte[][] sampled = [.. PictureSampler.Draw(generator, Device.Cpu, stops).Select(picture => picture.Pixels)];

        Assert.Equal(9, way.Length);
        Assert.Equal(sampled, [way[0], way[3], way[6]]);
        Assert.Equal(9, way.Select(Convert.ToHexString).Distinct().Count());
    }

    internal static Generator Fresh()
    {
        var config = new SelfAttentionGanConfig { LatentSize = Size, GeneratorWidth = 8 };
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

    private static MorphPath Path(int steps, bool isLoop, params SampleRequest[] stops) => new(s_latents, Classes, Size, stops, steps, isLoop);

    private static double Length(float[] z) => Math.Sqrt(z.Sum(value => (double)value * value));

    private static double Angle(float[] a, float[] b) => Math.Acos(Math.Min(1, a.Zip(b, (x, y) => (double)x * y).Sum() / (Length(a) * Length(b))));
}
