namespace Sagan.Tensors.Files;

/// <summary>The checksum of zip entries (CRC-32, ISO 3309, reflected polynomial 0xEDB88320); .NET reads past it.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(value => Step((uint)value))];

    internal static uint Of(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in content)
            crc = s_table[(byte)(crc ^ value)] ^ (crc >> 8);

        return ~crc;
    }

    private static uint Step(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value >> 1) ^ ((value & 1) * Polynomial);

        return value;
    }
}
