namespace Sagan.Tensors.Files;

/// <summary>The memory behind one or more tensors of a torch file.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">The element type.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Bytes">The elements, little-endian.</param>
internal sealed record TorchStorage(string Key, DType Type, long Elements, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Some of its elements, or null where it has not that many.</summary>
    internal TorchStorage? Part(long first, long count)
    {
        if (first < 0 || count < 0 || first > Elements || count > Elements - first)
            return null;

        int size = Type.Size();
        return this with { Elements = count, Bytes = Bytes.Slice((int)(first * size), (int)(count * size)) };
    }
}
