using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>
/// Batches that are always full. The last bits of a result depend on the size of its batch (libraries choose other
/// algorithms) but not on its place in it: filled up to one size, every result is the same whatever is computed beside it.
/// </summary>
internal static class FixedBatch
{
    private const long SmallParameterCount = 1_000_000;
    private const int SizeOfSmall = 32, SizeOfLarge = 8;

    /// <summary>Large enough to keep cores busy, small enough not to waste much on a single picture: of a small network 32, of others 8.</summary>
    internal static int SizeFor(Module network) => network.ParameterCount < SmallParameterCount ? SizeOfSmall : SizeOfLarge;

    /// <summary>Brings inputs to a device, filled up with zeros.</summary>
    /// <param name="size">Of the batch; inputs may be fewer.</param>
    /// <param name="inputs">One after the other.</param>
    /// <param name="shape">Shape of one input.</param>
    /// <param name="labels">One for each input.</param>
    /// <param name="device">Where to.</param>
    /// <returns>Inputs [size, shape] and labels [size], in the innermost scope.</returns>
    internal static (Tensor Inputs, Tensor Labels) Upload(
        int size, ReadOnlySpan<float> inputs, ReadOnlySpan<long> shape, ReadOnlySpan<long> labels, Device device)
    {
        long[] classes = new long[size];
        labels.CopyTo(classes);
        return (Upload(size, inputs, shape, labels.Length, device), Tensor.From<long>(classes, [size], device));
    }

    /// <summary>The same for inputs that have no labels.</summary>
    /// <returns>[size, shape], in the innermost scope.</returns>
    internal static Tensor Upload(int size, ReadOnlySpan<float> inputs, ReadOnlySpan<long> shape, int count, Device device)
    {
        float[] values = new float[inputs.Length / count * size];
        inputs.CopyTo(values);
        return Tensor.From<float>(values, [size, .. shape], device);
    }
}
