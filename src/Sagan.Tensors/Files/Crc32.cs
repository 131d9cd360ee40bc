namespace Sagan.Tensors.Files;

/// <summary>The checksum of zip entries (CRC-32, ISO 3309, reflected polynomial 0xEDB88320); .NET reads past it.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(value => Step((uint)value))];

    private uint _inverted = uint.MaxValue;

    /// <summary>The checksum of everything appended so far.</summary>
    internal uint Value => ~_inverted;

    internal static uint Of(ReadOnlySpan<byte> content)
    {
        var checksum = new Crc32();
        checksum.Append(content);
        return checksum.Value;
    }

    internal void Append(ReadOnlySpan<byte> content)
    {
        uint crc = _inverted;
        foreach (byte value in content)
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);

        _inverted = crc;
    }

    private static uint Step(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value >> 1) ^ ((value & 1) * Polynomial);

        return value;
    }
}
