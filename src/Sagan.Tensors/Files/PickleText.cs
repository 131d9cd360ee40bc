namespace Sagan.Tensors.Files;

/// <summary>
/// A text so long that it can only be what protocol 2 makes of an array's bytes: characters below 256, in UTF-8. It stays as it
/// stands in the file until the bytes are asked for.
/// </summary>
internal sealed class PickleText(ReadOnlyMemory<byte> utf8)
{
    /// <summary>Texts of more bytes are such ones; a checkpoint's longest are a few thousand.</summary>
    internal const int Long = 4 << 20;

    /// <summary>Bytes in the file.</summary>
    internal int Length => utf8.Length;

    /// <summary>The bytes that the characters stand for; null where one stands for none.</summary>
    internal byte[]? ToLatin1()
    {
        const byte TwoBytes = 0b1100_0010, Payload = 0b0011_1111;

        ReadOnlySpan<byte> text = utf8.Span;
        var bytes = new byte[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++, count++)
        {
            if (text[i] < 0x80)
                bytes[count] = text[i];
            else if ((text[i] & ~1) == TwoBytes && i + 1 < text.Length && (text[i + 1] & ~Payload) == 0x80)
                bytes[count] = (byte)((text[i] << 6) | (text[++i] & Payload));
            else
                return null;
        }

        return bytes[..count];
    }
}
