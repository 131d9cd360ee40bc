using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sagan.Imaging;

/// <summary>Sorts the samples of a picture by channel.</summary>
internal static class SamplePlanes
{
    /// <summary>Writes a plane for each channel, one behind the other.</summary>
    /// <param name="pixels">[pixels, channels]</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="planes">[channels, pixels], as many bytes.</param>
    public static void Split(ReadOnlySpan<byte> pixels, int channels, Span<byte> planes)
    {
        int plane = pixels.Length / channels;
        int done = channels == 3 ? SplitColours(ref MemoryMarshal.GetReference(pixels), ref MemoryMarshal.GetReference(planes), plane) : 0;
        for (int c = 0; c < channels; c++)
        {
            Span<byte> target = planes.Slice(c * plane, plane);
            for (int i = done; i < target.Length; i++)
                target[i] = pixels[(i * channels) + c];
        }
    }

    // Sixteen pixels at a time, of which three vectors hold the samples; returns how many pixels are done. By reference for the
    // reason that Resampling gives. An index of 255 leaves a zero, so that the three parts of a plane can be put together.
    private static int SplitColours(ref byte pixels, ref byte planes, int plane)
    {
        int i = 0;
        for (; i + Vector128<byte>.Count <= plane; i += Vector128<byte>.Count)
        {
            Vector128<byte> first = Vector128.LoadUnsafe(ref pixels, (nuint)(3 * i));
            Vector128<byte> second = Vector128.LoadUnsafe(ref pixels, (nuint)((3 * i) + Vector128<byte>.Count));
            Vector128<byte> third = Vector128.LoadUnsafe(ref pixels, (nuint)((3 * i) + (2 * Vector128<byte>.Count)));

            Vector128<byte> red =
                Vector128.Shuffle(first, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(second, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(third, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13));
            Vector128<byte> green =
                Vector128.Shuffle(first, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(second, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(third, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14));
            Vector128<byte> blue =
                Vector128.Shuffle(first, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(second, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255)) |
                Vector128.Shuffle(third, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15));

            red.StoreUnsafe(ref planes, (nuint)i);
            green.StoreUnsafe(ref planes, (nuint)(plane + i));
            blue.StoreUnsafe(ref planes, (nuint)((2 * plane) + i));
        }

        return i;
    }
}
