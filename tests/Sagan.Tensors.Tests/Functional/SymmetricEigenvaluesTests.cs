using Sagan.Tensors.Functional;

namespace Sagan.Tensors.Tests.Functional;

public class SymmetricEigenvaluesTests
{
    // Around the widths of the band and of the blocks of rows, and several of both.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(96)]
    [InlineData(97)]
    [InlineData(256)]
    [InlineData(305)]
    [InlineData(611)]
    public void They_are_those_of_LAPACK(int size)
    {
        using Scope scope = Scope.Open();
        Tensor indefinite = Noise(size), covariance = indefinite.MatMul(indefinite.Transpose(0, 1));
        Tensor mixed = indefinite + indefinite.Transpose(0, 1);

        Near(LinearAlgebra.SymmetricEigenvalues(mixed), LinearAlgebra.SymmetricEigenvaluesInPlace(mixed.Clone()));
        Near(LinearAlgebra.SymmetricEigenvalues(covariance), LinearAlgebra.SymmetricEigenvaluesInPlace(covariance.Clone()));
    }

    [Fact]
    public void What_lies_above_the_diagonal_is_not_read()
    {
        using Scope scope = Scope.Open();
        Tensor symmetric = Noise(300) + Noise(300).Transpose(0, 1);
        double[] spoilt = symmetric.ToArray<double>();
        for (int place = 0; place < spoilt.Length; place++)
            spoilt[place] = place % 300 > place / 300 ? double.NaN : spoilt[place];

        Near(LinearAlgebra.SymmetricEigenvalues(symmetric), LinearAlgebra.SymmetricEigenvaluesInPlace(Tensor.From(spoilt, 300, 300)));
    }

    [Fact]
    public void Diagonal_and_singular_matrices_are_no_trouble()
    {
        using Scope scope = Scope.Open();
        Tensor column = Noise(130).Narrow(1, 0, 1);

        Assert.All(LinearAlgebra.SymmetricEigenvaluesInPlace(Tensor.Zeros([130, 130], DType.Float64)).ToArray<double>(), value => Assert.Equal(0, value));
        Assert.All(LinearAlgebra.SymmetricEigenvaluesInPlace(Tensor.Identity(130, DType.Float64) * 3).ToArray<double>(), value => Assert.Equal(3, value));
        Near(LinearAlgebra.SymmetricEigenvalues(column.MatMul(column.Transpose(0, 1))), LinearAlgebra.SymmetricEigenvaluesInPlace(column.MatMul(column.Transpose(0, 1))));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(-0.05)]
    public void Scales_that_lie_far_apart_keep_the_precision_of_the_largest(double exponent)
    {
        using Scope scope = Scope.Open();
        Tensor scales = Tensor.From(Enumerable.Range(0, 200).Select(place => Math.Pow(10, exponent * place)).ToArray(), 200, 1);
        Tensor noise = Noise(200), graded = (noise + noise.Transpose(0, 1)) * scales * scales.Transpose(0, 1);

        Near(LinearAlgebra.SymmetricEigenvalues(graded), LinearAlgebra.SymmetricEigenvaluesInPlace(graded.Clone()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_with_more_than_numbers_is_refused(double value)
    {
        using Scope scope = Scope.Open();
        double[] values = Noise(100).ToArray<double>();
        values[(60 * 100) + 20] = value;

        Assert.Throws<TorchException>(() => LinearAlgebra.SymmetricEigenvaluesInPlace(Tensor.From(values, 100, 100)));
    }

    [Fact]
    public void Other_precisions_take_the_way_of_LAPACK()
    {
        using Scope scope = Scope.Open();
        Tensor symmetric = Tensor.From<float>([2, 1, 1, 2], 2, 2);

        float[] values = LinearAlgebra.SymmetricEigenvaluesInPlace(symmetric).ToArray<float>();

        Assert.Equal(1, values[0], 1e-6f);
        Assert.Equal(3, values[1], 1e-6f);
    }

    private static Tensor Noise(int size)
    {
        var random = new CounterRandom(size, 0);
        double[] values = new double[size * size];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.Between(-1, 1);
        return Tensor.From(values, size, size);
    }

    private static void Near(Tensor expected, Tensor found)
    {
        double[] wanted = expected.ToArray<double>(), values = found.ToArray<double>();
        double largest = wanted.Max(Math.Abs), worst = wanted.Zip(values, (one, other) => Math.Abs(one - other)).Max();

        Assert.Equal(wanted.Length, values.Length);
        Assert.InRange(worst, 0, 3e-14 * largest);
    }
}
