using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Losses.Terms;

/// <summary>
/// The change under which verdicts shall stay the same: every other picture mirrored, by chance, and each shifted by up to an
/// eighth of its side, its own reflection coming in (Zhang et al. 2020, arXiv:1910.12027, section 3.1).
/// </summary>
internal static class FlipAndShift
{
    private const int Eighth = 8;

    /// <param name="pictures">[N, C, R, R].</param>
    /// <param name="draws">Random numbers.</param>
    internal static Tensor Apply(Tensor pictures, Draws draws)
    {
        int count = (int)pictures.Size(0), side = (int)pictures.Size(2);
        int most = side / Eighth;
        long[] rows = new long[count * side], columns = new long[count * side];
        for (int n = 0; n < count; n++)
        {
            bool mirror = draws.NextWhole(0, 1) == 1;
            int down = draws.NextWhole(-most, most), right = draws.NextWhole(-most, most);
            for (int i = 0; i < side; i++)
            {
                rows[(n * side) + i] = Reflect(i + down, side);
                int column = Reflect(i + right, side);
                columns[(n * side) + i] = mirror ? side - 1 - column : column;
            }
        }

        return Sampling.Rearrange(
            pictures, Tensor.From<long>(rows, [count, side], pictures.Device), Tensor.From<long>(columns, [count, side], pictures.Device));
    }

    // Reflected at the first and last pixel, which are not repeated.
    private static int Reflect(int place, int side) => place < 0 ? -place : place < side ? place : (2 * (side - 1)) - place;
}
