using System.Buffers.Binary;

namespace Sagan.Imaging;

/// <summary>Walks the segments of a JPEG up to its frame header, without decoding.</summary>
internal static class JpegMarkers
{
    private const byte Adobe = 0xEE;

    /// <summary>True when Adobe's APP14 segment is there: inks are then stored inverted.</summary>
    public static bool HasAdobe(ReadOnlySpan<byte> jpeg)
    {
        int position = 2;
        while (TryReadSegment(jpeg, ref position, out byte marker, out ReadOnlySpan<byte> body) && !IsFrame(marker))
        {
            if (marker == Adobe && body.StartsWith("Adobe"u8))
                return true;
        }

        return false;
    }

    /// <summary>The size and number of components from the frame header, or null when it is not within the bytes given.</summary>
    public static (int Width, int Height, int Components)? Frame(ReadOnlySpan<byte> jpeg)
    {
        int position = 2;
        while (TryReadSegment(jpeg, ref position, out byte marker, out ReadOnlySpan<byte> body))
        {
            if (IsFrame(marker) && body.Length >= 6)
                return (BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), body[5]);
        }

        return null;
    }

    private static bool TryReadSegment(ReadOnlySpan<byte> jpeg, ref int position, out byte marker, out ReadOnlySpan<byte> body)
    {
        marker = 0;
        body = default;

        // Any number of 0xFF may stand before a marker.
        while (position + 1 < jpeg.Length && jpeg[position] == 0xFF && jpeg[position + 1] == 0xFF)
            position++;
        if (position + 4 > jpeg.Length || jpeg[position] != 0xFF)
            return false;

        marker = jpeg[position + 1];
        int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(position + 2)..]);
        if (length < 2 || position + 2 + length > jpeg.Length)
            return false;

        body = jpeg.Slice(position + 4, length - 2);
        position += 2 + length;
        return true;
    }

    // SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share the range.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
