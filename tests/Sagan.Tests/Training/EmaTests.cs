using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class EmaTests
{
    [Fact]
    public void Until_its_start_the_average_is_a_copy()
    {
        using GanModel gan = Gan(1);
        using Ema ema = Of(gan, new EmaConfig { HalfLifeImages = 1000, StartImages = 50 });

        Fill(gan.Generator, 3);
        ema.Update(images: 40, stepImages: 10);
        Assert.All(Blended(ema.Generator), value => Assert.Equal(3, value));

        Fill(gan.Generator, 5);
        ema.Update(images: 50, stepImages: 10);
        Assert.All(Blended(ema.Generator), value => Assert.InRange(value, 3.0001f, 3.1f));
    }

    [Fact]
    public void The_distance_to_a_constant_source_halves_every_half_life()
    {
        using GanModel gan = Gan(1);
        Fill(gan.Generator, 0);
        using Ema ema = Of(gan, new EmaConfig { HalfLifeImages = 40 });

        Fill(gan.Generator, 1);
        for (int step = 1; step <= 8; step++)
            ema.Update(images: step * 10, stepImages: 10);

        // 80 images are two half-lives.
        Assert.All(Blended(ema.Generator), value => Assert.Equal(0.75f, value, 1e-5f));
    }

    [Fact]
    public void The_length_of_a_step_does_not_change_the_half_life()
    {
        using GanModel gan = Gan(1);
        Fill(gan.Generator, 0);
        using Ema small = Of(gan, new EmaConfig { HalfLifeImages = 64 });
        using Ema large = Of(gan, new EmaConfig { HalfLifeImages = 64 });

        Fill(gan.Generator, 1);
        for (int step = 1; step <= 16; step++)
            small.Update(images: step * 8, stepImages: 8);
        large.Update(images: 128, stepImages: 128);

        Assert.All(Blended(small.Generator).Zip(Blended(large.Generator)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Spectral_norms_of_the_average_belong_to_the_averaged_weights()
    {
        using GanModel gan = Gan(1);
        using GanModel former = Gan(2);
        gan.Generator.AdvanceSpectralNorms(500);
        using Generator average = Average(gan);
        using var ema = new Ema(new EmaConfig { HalfLifeImages = 10 }, gan.Generator, average);

        // The average lags behind: a twentieth of its weights is another network's.
        Blend(average, former.Generator, 0.05);
        Assert.Contains(Sigmas(average), sigma => Math.Abs(sigma - 1) > 1e-3);
        ema.Settle();

        Assert.All(Sigmas(average), sigma => Assert.InRange(sigma, 1 - 1e-3, 1 + 1e-3));
    }

    [Fact]
    public void The_average_is_always_in_evaluation_and_asks_for_no_gradients()
    {
        using GanModel gan = Gan(1);
        using Ema ema = Of(gan, new EmaConfig());

        Assert.All(ema.Generator.SelfAndDescendants(), part => Assert.False(part.IsTraining));
        Assert.All(ema.Generator.State(), entry => Assert.False(entry.Value.Value.RequiresGrad));
        Assert.All(gan.Generator.SelfAndDescendants(), part => Assert.True(part.IsTraining));
    }

    private static GanModel Gan(ulong seed)
    {
        using var random = new RandomSource(seed);
        return SmallRun.Plain.Model.Build(SmallRun.Images, random);
    }

    private static Ema Of(GanModel gan, EmaConfig config) => new(config, gan.Generator, Average(gan));

    private static Generator Average(GanModel gan)
    {
        Generator average = SmallRun.Plain.Model.BuildGenerator(SmallRun.Images);
        average.CopyFrom(gan.Generator);
        return average;
    }

    private static void Fill(Module network, double value)
    {
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter parameter) in network.State())
            parameter.Value.Fill(value);
    }

    private static void Blend(Module network, Module other, double share)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        foreach (((_, Parameter mine), (_, Parameter theirs)) in network.NamedParameters().Zip(other.NamedParameters()))
            mine.Value.CopyFrom((mine.Value * (1 - share)) + (theirs.Value * share));
    }

    /// <summary>One value of every weight and every batch statistic.</summary>
    private static float[] Blended(Module network)
    {
        using Scope scope = Scope.Open();
        return [.. network.State().Where(entry => !IsVector(entry.Name)).Select(entry => entry.Value.Value.Detach().ToArray<float>()[0])];
    }

    private static bool IsVector(string name) => name.EndsWith(".u", StringComparison.Ordinal) || name.EndsWith(".v", StringComparison.Ordinal);

    /// <summary>The largest singular value of every weight after division by what the stored vectors take for it; true ones by long iteration.</summary>
    private static List<double> Sigmas(Module network)
    {
        var state = network.State().ToDictionary(entry => entry.Name, entry => entry.Value.Value);
        var sigmas = new List<double>();
        foreach (string name in state.Keys.Where(name => name.EndsWith(".u", StringComparison.Ordinal)))
        {
            using Scope scope = Scope.Open();
            using GradMode noGrad = Autograd.NoGrad();
            Tensor weight = state[name[..^1] + "weight"].To(DType.Float64);
            Tensor matrix = weight.Reshape(weight.Size(0), -1);
            Tensor u = state[name].To(DType.Float64);
            double estimate = u.Dot(matrix.TimesVector(state[name[..^1] + "v"].To(DType.Float64))).Item();
            for (int i = 0; i < 1_000; i++)
            {
                using Scope inner = Scope.Open();
                Tensor next = matrix.TimesVector(matrix.Transpose(0, 1).TimesVector(u));
                u.CopyFrom(next / next.Norm());
            }

            sigmas.Add(matrix.Transpose(0, 1).TimesVector(u).Norm().Item() / estimate);
        }

        return sigmas;
    }
}
