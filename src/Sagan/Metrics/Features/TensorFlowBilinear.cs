using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>TensorFlow 1's bilinear resizing, which the original FID graph has inside.</summary>
/// <remarks>
/// Output pixel i lies at i · (in / out) of the input, in single precision: the first pixels of both coincide, the last ones do
/// not, and shrinking skips pixels. Steps and their order are torch-fidelity's (its method "slow"): columns first, then rows.
/// </remarks>
internal static class TensorFlowBilinear
{
    /// <summary>[N, C, H, W] → [N, C, height, width].</summary>
    internal static Tensor Resize(Tensor x, int height, int width) => Along(2, Along(3, x, width), height);

    private static Tensor Along(int axis, Tensor x, int length)
    {
        int last = (int)x.Size(axis) - 1;
        float step = (last + 1) / (float)length;
        long[] low = new long[length], high = new long[length];
        float[] share = new float[length];
        for (int i = 0; i < length; i++)
        {
            float place = i * step;
            low[i] = Math.Min((long)place, last);
            high[i] = Math.Min(low[i] + 1, last);
            share[i] = place - low[i];
        }

        Tensor from = x.IndexSelect(axis, Tensor.From<long>(low, [length], x.Device));
        Tensor to = x.IndexSelect(axis, Tensor.From<long>(high, [length], x.Device));
        Tensor shares = Tensor.From<float>(share, axis == 2 ? [length, 1] : [length], x.Device);
        return from + (to - from) * shares;
    }
}
