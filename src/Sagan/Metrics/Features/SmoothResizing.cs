using Sagan.Imaging;
using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>Pillow's filters over tensors, without its rounding to bytes: what clean-fid does in Pillow's mode F.</summary>
/// <remarks>
/// Each axis is a product with a matrix of weights, as they are computed in double precision. libtorch's own antialiased
/// resizing computes them in single precision: 2e-5 off at 480 pixels, which moves features by 1e-3.
/// </remarks>
internal static class SmoothResizing
{
    /// <summary>[N, C, H, W] → [N, C, height, width], with Pillow's BILINEAR.</summary>
    internal static Tensor Bilinear(Tensor x, int height, int width) => Resize(x, height, width, ResizeFilter.Triangle);

    /// <summary>[N, C, H, W] → [N, C, height, width], with Pillow's BICUBIC. Overshoots.</summary>
    internal static Tensor Bicubic(Tensor x, int height, int width) => Resize(x, height, width, ResizeFilter.Cubic);

    private static Tensor Resize(Tensor x, int height, int width, ResizeFilter filter)
    {
        if (x.Size(3) != width)
            x = x.MatMul(Matrix(x, 3, width, filter).Transpose(0, 1));
        return x.Size(2) == height ? x : Matrix(x, 2, height, filter).MatMul(x);
    }

    /// <summary>[length, size of the axis].</summary>
    private static Tensor Matrix(Tensor x, int axis, int length, ResizeFilter filter)
    {
        int size = (int)x.Size(axis);
        ResamplingWeights weights = ResamplingWeights.Create(size, length, filter);
        float[] matrix = new float[length * size];
        for (int i = 0; i < length; i++)
            weights.Weights(i).CopyTo(matrix.AsSpan((i * size) + weights.First(i)));
        return Tensor.From<float>(matrix, [length, size], x.Device);
    }
}
