namespace Sagan.Tensors.Files;

/// <summary>The memory behind one or more tensors of a torch archive.</summary>
/// <param name="Key">Its name in the archive.</param>
/// <param name="Type">The element type.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Bytes">The elements, little-endian.</param>
internal sealed record TorchStorage(string Key, DType Type, long Elements, ReadOnlyMemory<byte> Bytes);
