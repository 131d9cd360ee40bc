using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

public sealed class LatentsTests
{
    [Fact]
    public void Draws_are_a_pure_function_of_seed_purpose_and_position()
    {
        using Scope scope = Scope.Open();
        (Tensor z, Tensor labels) = Of(seed: 5, DrawPurpose.Generator).At(100, 16, Device.Cpu);

        // Another object, other batch boundaries, backwards.
        Latents again = Of(seed: 5, DrawPurpose.Generator);
        for (int i = 15; i >= 0; i--)
        {
            (Tensor one, Tensor label) = again.At(100 + i, 1, Device.Cpu);
            Assert.Equal(z.ToArray<float>()[(i * 8)..((i + 1) * 8)], one.ToArray<float>());
            Assert.Equal(labels.ToArray<long>()[i], label.ToArray<long>()[0]);
        }
    }

    [Fact]
    public void Seeds_purposes_and_positions_have_draws_of_their_own()
    {
        var draws = new HashSet<float>();

        foreach (long seed in new long[] { 0, 1, -1, long.MaxValue })
        {
            foreach (DrawPurpose purpose in Enum.GetValues<DrawPurpose>())
            {
                for (long position = 0; position < 100; position++)
                    draws.Add(First(seed, purpose, position));
            }
        }

        // Single precision leaves a few coincidences among thousands of numbers; a stream used twice would leave a hundred.
        int all = 4 * Enum.GetValues<DrawPurpose>().Length * 100;
        Assert.InRange(draws.Count, all - 30, all);
    }

    [Fact]
    public void Purposes_do_not_correlate()
    {
        double[] generator = [.. Enumerable.Range(0, 10_000).Select(i => (double)First(0, DrawPurpose.Generator, i))];
        double[] discriminator = [.. Enumerable.Range(0, 10_000).Select(i => (double)First(0, DrawPurpose.Discriminator, i))];

        double correlation = generator.Zip(discriminator, (a, b) => a * b).Average();

        // The mean of 10,000 products of independent standard normals deviates by 0.01.
        Assert.InRange(correlation, -0.04, 0.04);
        Assert.InRange(generator.Average(), -0.04, 0.04);
        Assert.InRange(generator.Average(value => value * value), 0.94, 1.06);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(143)]
    public void Labels_cover_all_classes_evenly(int classes)
    {
        var latents = new Latents(2, classes, seed: 3, DrawPurpose.Discriminator);
        int[] counts = new int[classes];
        const int Mean = 1_000;

        for (int i = 0; i < classes * Mean; i++)
            counts[latents.Draw(i, new float[2])]++;

        // Chi square has mean classes - 1 and deviation sqrt(2 (classes - 1)).
        double chiSquare = counts.Sum(count => (double)(count - Mean) * (count - Mean) / Mean);
        Assert.InRange(chiSquare, 0, classes - 1 + (5 * Math.Sqrt(2.0 * (classes - 1))));
    }

    private static Latents Of(long seed, DrawPurpose purpose) => new(8, 10, seed, purpose);

    private static float First(long seed, DrawPurpose purpose, long position)
    {
        float[] z = new float[8];
        Of(seed, purpose).Draw(position, z);
        return z[0];
    }
}
