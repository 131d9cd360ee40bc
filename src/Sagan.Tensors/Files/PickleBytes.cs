using System.Buffers.Binary;
using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>Reads the arguments of pickle opcodes; never past the end.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes, FilePlace place, int start = 0)
{
    /// <summary>Longer than the path of any class.</summary>
    private const int MaxLine = 512;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _at = start;

    /// <summary>What the pickle is part of, for messages.</summary>
    internal FilePlace Place => place;

    /// <summary>Where the next byte is.</summary>
    internal int Position => _at;

    internal byte Byte() => Take(1)[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    internal double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    /// <summary>Checks that so many bytes are left.</summary>
    internal void Require(long length)
    {
        if (length < 0 || length > bytes.Length - _at)
            throw place.Wrong($"truncated: {length} bytes wanted at byte {_at}, {bytes.Length - _at} are left");
    }

    internal ReadOnlySpan<byte> Take(long length) => Slice(length).Span;

    internal ReadOnlyMemory<byte> Slice(long length)
    {
        Require(length);
        ReadOnlyMemory<byte> taken = bytes.Slice(_at, (int)length);
        _at += taken.Length;
        return taken;
    }

    internal string Text(long length)
    {
        try
        {
            return s_strict.GetString(Take(length));
        }
        catch (DecoderFallbackException error)
        {
            throw place.Wrong($"text before byte {_at} is not UTF-8", error);
        }
    }

    /// <summary>Text up to the end of the line, which is read too.</summary>
    internal string Line()
    {
        int length = bytes.Span.Slice(_at, Math.Min(bytes.Length - _at, MaxLine)).IndexOf((byte)'\n');
        if (length < 0)
            throw place.Wrong($"truncated: a line at byte {_at} does not end within {MaxLine} bytes");

        string line = Text(length);
        _at++;
        return line;
    }

    /// <summary>A two's-complement integer of any length that fits into 64 bits.</summary>
    internal long Long(int length)
    {
        if (length > sizeof(long))
            throw place.Wrong($"an integer of {length} bytes at byte {_at} does not fit into 64 bits");

        ReadOnlySpan<byte> digits = Take(length);
        long value = length > 0 && (digits[^1] & 0x80) != 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--)
            value = (value << 8) | digits[i];

        return value;
    }
}
