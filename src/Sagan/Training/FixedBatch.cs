using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>
/// Batches that are always full. The last bits of a result depend on the size of its batch (libraries choose other
/// algorithms) but not on its place in it: filled up to one size, every result is the same whatever is computed beside it.
/// </summary>
internal static class FixedBatch
{
    /// <summary>Large enough to keep cores busy, small enough not to waste much on a single picture.</summary>
    internal const int Size = 8;

    /// <summary>Brings up to <see cref="Size"/> inputs to a device, filled up with zeros.</summary>
    /// <param name="inputs">One after the other.</param>
    /// <param name="shape">Shape of one input.</param>
    /// <param name="labels">One for each input.</param>
    /// <param name="device">Where to.</param>
    /// <returns>Inputs [<see cref="Size"/>, shape] and labels [<see cref="Size"/>], in the innermost scope.</returns>
    internal static (Tensor Inputs, Tensor Labels) Upload(
        ReadOnlySpan<float> inputs, ReadOnlySpan<long> shape, ReadOnlySpan<long> labels, Device device)
    {
        long[] classes = new long[Size];
        labels.CopyTo(classes);
        return (Upload(inputs, shape, labels.Length, device), Tensor.From<long>(classes, [Size], device));
    }

    /// <summary>The same for inputs that have no labels.</summary>
    /// <returns>[<see cref="Size"/>, shape], in the innermost scope.</returns>
    internal static Tensor Upload(ReadOnlySpan<float> inputs, ReadOnlySpan<long> shape, int count, Device device)
    {
        float[] values = new float[inputs.Length / count * Size];
        inputs.CopyTo(values);
        return Tensor.From<float>(values, [Size, .. shape], device);
    }
}
