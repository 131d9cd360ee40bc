namespace Sagan.Tests.Onnx;

/// <summary>erf by its power series near 0 and its continued fraction beyond, to 1e-14.</summary>
internal static class ErrorFunction
{
    private const double SeriesEnds = 2.5;

    internal static double Of(double x) => Math.Abs(x) < SeriesEnds ? Series(x) : Math.Sign(x) * (1 - Complement(Math.Abs(x)));

    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }

    private static double Complement(double x)
    {
        double fraction = 0;
        for (int n = 60; n > 0; n--)
            fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}

public class ErrorFunctionTests
{
    [Theory]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    public void It_has_the_tabulated_values(double x, double expected) => Assert.Equal(expected, ErrorFunction.Of(x), 1e-13);
}
