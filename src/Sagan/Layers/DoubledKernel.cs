using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>The kernels that a 3x3 convolution of a doubled map has on the map before doubling, one for each place in a doubled pixel.</summary>
internal static class DoubledKernel
{
    // Of a side's three taps the even place sees the first alone and the others together, the odd place the last alone.
    private static readonly float[][][] s_sides =
    [
        [[1, 0, 0], [0, 1, 1]],
        [[1, 1, 0], [0, 0, 1]],
    ];

    private static readonly float[] s_sums = Sums();

    /// <param name="kernel">[outputs, inputs, 3, 3].</param>
    /// <returns>[4·outputs, inputs, 2, 2]: places (0, 0), (0, 1), (1, 0), (1, 1), the outputs of each behind one another.</returns>
    internal static Tensor Of(Tensor kernel)
    {
        long outputs = kernel.Size(0), inputs = kernel.Size(1);
        Tensor sums = Tensor.Over(s_sums, 9, 16).To(kernel.DType);
        return kernel.Reshape(outputs * inputs, 9).MatMul(sums)
            .Reshape(outputs, inputs, 4, 2, 2)
            .Permute(2, 0, 1, 3, 4)
            .Reshape(4 * outputs, inputs, 2, 2);
    }

    // [tap of the 3x3 kernel, place and tap of the 2x2 kernel]
    private static float[] Sums()
    {
        float[] sums = new float[9 * 16];
        for (int tap = 0; tap < 9; tap++)
        {
            for (int made = 0; made < 16; made++)
            {
                (int place, int corner) = (made / 4, made % 4);
                sums[(tap * 16) + made] = s_sides[place / 2][corner / 2][tap / 3] * s_sides[place % 2][corner % 2][tap % 3];
            }
        }

        return sums;
    }
}
