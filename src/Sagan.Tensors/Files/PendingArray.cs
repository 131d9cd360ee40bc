namespace Sagan.Tensors.Files;

/// <summary>
/// An array of numpy's between its two steps in a pickle: a call makes it empty, and its state then tells what is in it
/// (numpy's array_reduce: version, shape, element type, whether in Fortran order, bytes).
/// </summary>
internal sealed class PendingArray
{
    private const long Version = 1;

    /// <summary>Where the pickle remembered it while it was empty.</summary>
    internal List<uint> Remembered { get; } = [];

    /// <summary>The array of a state; null where its parts do not fit one another.</summary>
    internal static HostArray? Build(object?[] state)
    {
        if (state is not [Version, object?[] { Length: <= Extent.MaxRank } axes, NumpyElement element, bool fortran, byte[] bytes] || !axes.All(axis => axis is long))
            return null;

        long[] shape = [.. axes.Cast<long>()];
        if (!Extent.TryBytes(shape, element.Type, out long expected, out _) || expected != bytes.Length)
            return null;
        if (!fortran)
            return new HostArray(element.Type, shape, bytes);

        var elements = new byte[bytes.Length];
        StridedView.Fortran(shape).CopyTo(bytes, element.Type.Size(), elements);
        return new HostArray(element.Type, shape, elements);
    }
}
