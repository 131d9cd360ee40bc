using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>How new weights are distributed. Room is five standard errors of the sample, about one false alarm in a million.</summary>
public class InitializerTests
{
    [Theory]
    [InlineData(0.02, 0)]
    [InlineData(1, 3)]
    public void Normal_has_its_mean_and_deviation(double deviation, double mean)
    {
        double[] values = Draw(new NormalInitializer(deviation, mean), 200, 500);
        double n = values.Length;

        Assert.Equal(mean, values.Average(), 5 * deviation / Math.Sqrt(n));
        Assert.Equal(deviation, Deviation(values), 5 * deviation / Math.Sqrt(2 * n));

        // 4.55% lie beyond two deviations; of an even distribution none would.
        Assert.Equal(0.0455, values.Count(value => Math.Abs(value - mean) > 2 * deviation) / n, 5 * Math.Sqrt(0.0455 / n));
    }

    [Theory]
    [InlineData(1, new long[] { 200, 500 }, 700)]
    [InlineData(1.4142135623730951, new long[] { 200, 500 }, 700)]
    [InlineData(1, new long[] { 64, 32, 3, 3 }, 9 * 96)]
    public void Xavier_is_even_within_the_bound_of_both_fans(double gain, long[] shape, double fans)
    {
        double[] values = Draw(new XavierInitializer(gain), shape);
        double bound = gain * Math.Sqrt(6 / fans);
        double n = values.Length;

        Assert.InRange(values.Max(), bound * (1 - (20 / n)), bound);
        Assert.InRange(values.Min(), -bound, -bound * (1 - (20 / n)));
        Assert.Equal(0, values.Average(), 5 * bound / Math.Sqrt(3 * n));
        Assert.Equal(bound / Math.Sqrt(3), Deviation(values), bound * 5 * Math.Sqrt(1 / (15 * n)));
        Assert.Equal(0.5, values.Count(value => Math.Abs(value) < bound / 2) / n, 2.5 / Math.Sqrt(n));
    }

    [Theory]
    [InlineData(1, new long[] { 48, 20 })]                     // tall: orthonormal columns
    [InlineData(1, new long[] { 20, 48 })]                     // wide: orthonormal rows
    [InlineData(2.5, new long[] { 30, 30 })]
    [InlineData(1, new long[] { 16, 8, 3, 3 })]                // a kernel, flattened to 16 by 72
    [InlineData(1, new long[] { 40, 4, 3, 3 })]                // 40 by 36
    public void Orthogonal_has_orthonormal_rows_or_columns_whichever_are_fewer(double gain, long[] shape)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(5);
        Tensor weight = Tensor.Zeros(shape);
        new OrthogonalInitializer(gain).Fill(weight, random);
        Tensor matrix = weight.Flatten(1).To(DType.Float64);
        long rows = matrix.Size(0), columns = matrix.Size(1);

        Tensor gram = rows <= columns ? matrix.MatMul(matrix.Transpose(0, 1)) : matrix.Transpose(0, 1).MatMul(matrix);

        Closeness.Require("gram", Identity(Math.Min(rows, columns), gain * gain), gram, 1e-6);
    }

    // A QR factorisation alone prefers one sign for each first entry; uniform matrices do not.
    [Fact]
    public void Orthogonal_favours_no_sign()
    {
        using var random = new RandomSource(6);
        int positive = 0, traces = 0;
        for (int i = 0; i < 400; i++)
        {
            using Scope scope = Scope.Open();
            Tensor weight = Tensor.Zeros([3, 3]);
            new OrthogonalInitializer().Fill(weight, random);
            positive += weight.ToArray<float>()[0] > 0 ? 1 : 0;
            traces += weight.Diagonal().Sum().Item() > 0 ? 1 : 0;
        }

        Assert.InRange(positive, 150, 250);
        Assert.InRange(traces, 150, 250);
    }

    [Fact]
    public void Equal_seeds_draw_equal_networks_and_others_others()
    {
        double[] first = Draw(new NormalInitializer(1), 10, 10);
        double[] again = Draw(new NormalInitializer(1), 10, 10);
        double[] other = Draw(new NormalInitializer(1), seed: 8, 10, 10);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_seed_draws_the_same_network_in_double_precision()
    {
        using Scope scope = Scope.Open();
        using Linear single = new(4, 3, new XavierInitializer()), twice = new(4, 3, new XavierInitializer());
        twice.To(DType.Float64);
        using RandomSource random = new(1), same = new(1);

        single.Initialize(random);
        twice.Initialize(same);

        Tensor weight = single.State().First().Value.Value, wider = twice.State().First().Value.Value;
        Assert.Equal(DType.Float64, wider.DType);
        Assert.Equal(weight.Detach().To(DType.Float64).ToArray<double>(), wider.Detach().ToArray<double>());
    }

    private static double[] Draw(Initializer initializer, params long[] shape) => Draw(initializer, 7, shape);

    private static double[] Draw(Initializer initializer, ulong seed, params long[] shape)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(seed);
        Tensor tensor = Tensor.Zeros(shape);
        initializer.Fill(tensor, random);
        return Closeness.Values(tensor);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static Tensor Identity(long size, double value)
    {
        var identity = new double[size * size];
        for (long i = 0; i < size; i++)
            identity[i * (size + 1)] = value;
        return Tensor.From(identity, size, size);
    }
}
