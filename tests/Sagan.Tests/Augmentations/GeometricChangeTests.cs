using System.Numerics;
using Sagan.Augmentations;
using Sagan.Tensors;

namespace Sagan.Tests.Augmentations;

/// <summary>What must come out exactly.</summary>
/// <remarks>
/// Whole pixels pass through doubling and halving unchanged, because the filter is orthogonal to itself shifted by two. Read
/// backwards it meets itself reversed, and is not quite symmetric: an axis that is mirrored is blended with the filter's
/// convolution with itself at every other lag. The authors' code does the same.
/// </remarks>
public class GeometricChangeTests
{
    private const int Side = 12;

    [Fact]
    public void The_identity_passes_through_doubling_and_halving_unchanged() => Expect(Matrix3x2.Identity, (x, y) => (x, y));

    [Fact]
    public void A_mirrored_picture_is_read_backwards() =>
        Expect(Matrix3x2.CreateScale(-1, 1), (x, y) => (Side - 1 - x, y), reversesX: true);

    [Fact]
    public void A_quarter_turn_takes_rows_for_columns() =>
        Expect(Matrix3x2.CreateRotation(MathF.PI / 2), (x, y) => (Side - 1 - y, x), reversesX: true);

    [Fact]
    public void A_half_turn_reverses_both() =>
        Expect(Matrix3x2.CreateRotation(MathF.PI), (x, y) => (Side - 1 - x, Side - 1 - y), reversesX: true, reversesY: true);

    [Fact]
    public void A_shift_by_whole_pixels_reflects_the_picture_at_its_edge() =>
        Expect(Matrix3x2.CreateTranslation(-2, 3), (x, y) => (x - 2, y + 3));

    [Fact]
    public void A_later_change_acts_first() =>
        Expect(
            Matrix3x2.CreateTranslation(1, 0) * Matrix3x2.CreateScale(-1, 1),
            (x, y) => (Side - 1 - (x + 1), y),
            reversesX: true);

    [Fact]
    public void A_shift_by_half_a_pixel_of_a_smooth_picture_is_the_value_between()
    {
        using Scope scope = Scope.Open();
        double Wave(double x) => Math.Sin(2 * Math.PI * x / Side);
        Tensor waves = Tensor.From([.. Enumerable.Range(0, Side * Side).Select(i => Wave(i % Side))], 1, 1, Side, Side);

        double[] shifted = GeometricChange.Resample(waves, [Matrix3x2.CreateTranslation(0.5f, 0)]).ToArray<double>();

        for (int x = 3; x < Side - 3; x++)
            Assert.Equal(Wave(x + 0.5), shifted[(5 * Side) + x], 0.02);
    }

    [Fact]
    public void A_flat_picture_stays_flat_whatever_the_map()
    {
        using Scope scope = Scope.Open();
        Matrix3x2 map = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(0.8f, 1.1f) * Matrix3x2.CreateTranslation(1.3f, -0.7f);

        double[] changed = GeometricChange.Resample(Tensor.Full([1, 2, Side, Side], 0.7, DType.Float64), [map]).ToArray<double>();

        // The filter's two phases differ by a thousandth, and a map that stretches mixes them.
        Assert.All(changed, value => Assert.Equal(0.7, value, 2e-3));
    }

    [Fact]
    public void The_filter_is_orthogonal_to_itself_shifted_by_two_and_nearly_symmetric()
    {
        double[] filter = GeometricChange.Filter.ToArray();

        for (int shift = 0; shift < filter.Length; shift += 2)
            Assert.Equal(shift == 0 ? 1 : 0, filter.Skip(shift).Zip(filter, (a, b) => a * b).Sum(), 1e-10);
        Assert.InRange(Backwards().Single(blend => blend.Offset == 0).Weight, 0.96, 0.97);
        Assert.Equal(1, Backwards().Sum(blend => blend.Weight), 1e-10);
    }

    /// <summary>
    /// Requires that the output pixel (x, y) is the input pixel at the source of (x, y), along reversed axes blended with its
    /// neighbours; beyond the edges the picture is reflected.
    /// </summary>
    private static void Expect(Matrix3x2 map, Func<int, int, (int X, int Y)> source, bool reversesX = false, bool reversesY = false)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor pictures = GradientCheck.Leaf(random, 1, 2, Side, Side).Detach();
        double[] before = pictures.ToArray<double>();
        (int Offset, double Weight)[] itself = [(0, 1)], backwards = [.. Backwards()];

        double[] after = GeometricChange.Resample(pictures, [map]).ToArray<double>();

        for (int i = 0; i < after.Length; i++)
        {
            (int channel, int y, int x) = (i / (Side * Side), i / Side % Side, i % Side);
            (int sourceX, int sourceY) = source(x, y);
            double expected = 0;
            foreach ((int right, double weightX) in reversesX ? backwards : itself)
            {
                foreach ((int down, double weightY) in reversesY ? backwards : itself)
                    expected += weightX * weightY * before[(((channel * Side) + Reflect(sourceY - down)) * Side) + Reflect(sourceX - right)];
            }

            Assert.Equal(expected, after[i], 1e-4);
        }
    }

    private static IEnumerable<(int Offset, double Weight)> Backwards()
    {
        double[] filter = GeometricChange.Filter.ToArray();
        for (int lag = 0; lag < (2 * filter.Length) - 1; lag += 2)
        {
            double weight = 0;
            for (int i = Math.Max(0, lag - filter.Length + 1); i <= Math.Min(lag, filter.Length - 1); i++)
                weight += filter[i] * filter[lag - i];
            yield return ((lag / 2) - 5, weight);
        }
    }

    private static int Reflect(int place) => place < 0 ? -place : place < Side ? place : (2 * (Side - 1)) - place;
}
