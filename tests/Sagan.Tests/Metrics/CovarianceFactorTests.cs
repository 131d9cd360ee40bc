using Sagan.Metrics;
using Sagan.Tensors;

namespace Sagan.Tests.Metrics;

public class CovarianceFactorTests
{
    // More rows than two blocks, the last of which is not whole.
    private const int Size = 1100;

    [Fact]
    public void A_triangular_factor_gives_the_product_that_any_factor_gives()
    {
        using Scope scope = Scope.Open();
        Tensor triangle = Tensor.From(Upper(), Size, Size), covariance = Tensor.From(Symmetric(), Size, Size);

        double[] expected = new CovarianceFactor(triangle, IsTriangular: false).IntoProduct(covariance).ToArray<double>();
        double[] product = new CovarianceFactor(triangle, IsTriangular: true).IntoProduct(covariance).ToArray<double>();

        double worst = 0;
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column <= row; column++)
                worst = Math.Max(worst, Math.Abs(expected[(row * Size) + column] - product[(row * Size) + column]));
        }

        Assert.InRange(worst, 0, 1e-12 * expected.Max(Math.Abs));
    }

    private static double[] Upper() => Square((row, column) => column < row ? 0 : Math.Sin((1.7 * row) + (0.3 * column)));

    private static double[] Symmetric() => Square((row, column) => Math.Cos(0.01 * row * column) + (row == column ? 2 : 0));

    private static double[] Square(Func<int, int, double> element) =>
        [.. Enumerable.Range(0, Size * Size).Select(place => element(place / Size, place % Size))];
}
