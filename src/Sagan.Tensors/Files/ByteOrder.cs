using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sagan.Tensors.Files;

/// <summary>Turns big-endian elements into little-endian ones and back.</summary>
internal static class ByteOrder
{
    /// <summary>Reverses the bytes of every element in place.</summary>
    internal static void Reverse(Span<byte> elements, int elementSize)
    {
        Span<short> twos = MemoryMarshal.Cast<byte, short>(elements);
        Span<int> fours = MemoryMarshal.Cast<byte, int>(elements);
        Span<long> eights = MemoryMarshal.Cast<byte, long>(elements);

        if (elementSize == 2)
            BinaryPrimitives.ReverseEndianness(twos, twos);
        else if (elementSize == 4)
            BinaryPrimitives.ReverseEndianness(fours, fours);
        else if (elementSize == 8)
            BinaryPrimitives.ReverseEndianness(eights, eights);
    }
}
