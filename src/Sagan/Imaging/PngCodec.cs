using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>Reads and writes PNG through libspng.</summary>
public static unsafe class PngCodec
{
    private const string Damaged = "Damaged PNG";
    private const string Unwritable = "Cannot write the PNG";

    // sizeof(spng_trns): four 16-bit samples, a count, 256 alpha values.
    private const int TransparencySize = 268;

    /// <summary>Decodes any PNG to 8 bits: gray to one channel, colour and palette to three, anything transparent to four.</summary>
    /// <remarks>Of 16-bit samples the upper byte is kept. Gray with alpha becomes four channels with equal colours.</remarks>
    /// <exception cref="ImageException">The data is damaged, truncated or no PNG.</exception>
    public static Raster Decode(ReadOnlySpan<byte> png)
    {
        ImagingLibraries.Register();
        using SpngHandle decoder = Spng.NewContext(0);

        fixed (byte* source = png)
        {
            SpngHandle.Check(Spng.SetSource(decoder, source, (nuint)png.Length), Damaged);
            SpngHandle.Check(Spng.GetHeader(decoder, out Spng.Header header), Damaged);
            bool transparent = header.ColorType is Spng.ColorGrayAlpha or Spng.ColorRgba || HasTransparentColor(decoder);

            var raster = new Raster(SideOf(header.Width), SideOf(header.Height), transparent ? 4 : 3);
            fixed (byte* target = raster.Pixels)
            {
                SpngHandle.Check(
                    Spng.DecodeImage(
                        decoder, target, (nuint)raster.Pixels.Length,
                        transparent ? Spng.FormatRgba8 : Spng.FormatRgb8,
                        transparent ? Spng.DecodeTransparency : 0),
                    Damaged);
            }

            return header.ColorType == Spng.ColorGray && !transparent ? FirstChannel(raster) : raster;
        }
    }

    /// <summary>Encodes a picture of one, three or four channels at 8 bits.</summary>
    /// <param name="raster">The picture.</param>
    /// <param name="texts">Stored as text chunks: tEXt where Latin-1 suffices, else iTXt. Keys are 1 to 79 Latin-1 characters, values not empty.</param>
    /// <param name="compression">zlib level, 0 (stored: large, quickest to read) to 9.</param>
    /// <exception cref="ImageException">A text key is not allowed by the format, or a value is empty.</exception>
    public static byte[] Encode(Raster raster, IReadOnlyDictionary<string, string>? texts = null, int compression = 6)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentOutOfRangeException.ThrowIfNegative(compression);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(compression, 9);
        ImagingLibraries.Register();
        using SpngHandle encoder = Spng.NewContext(Spng.ContextEncoder);
        using var sink = new MemoryStream();
        GCHandle user = GCHandle.Alloc(sink);

        try
        {
            SpngHandle.Check(Spng.SetSink(encoder, &Write, GCHandle.ToIntPtr(user)), Unwritable);
            SpngHandle.Check(Spng.SetOption(encoder, Spng.OptionCompressionLevel, compression), Unwritable);
            if (compression == 0)
                SpngHandle.Check(Spng.SetOption(encoder, Spng.OptionFilterChoice, Spng.DisableFiltering), Unwritable);

            Spng.Header header = HeaderOf(raster);
            SpngHandle.Check(Spng.SetHeader(encoder, in header), Unwritable);
            using PngTexts? chunks = texts is { Count: > 0 } ? PngTexts.Attach(encoder, texts) : null;

            fixed (byte* source = raster.Pixels)
            {
                SpngHandle.Check(
                    Spng.EncodeImage(encoder, source, (nuint)raster.Pixels.Length, Spng.FormatAsStored, Spng.EncodeFinalize),
                    Unwritable);
            }
        }
        finally
        {
            user.Free();
        }

        return sink.ToArray();
    }

    /// <summary>Reads the text chunks (tEXt, zTXt, iTXt); of a repeated key the last value.</summary>
    /// <exception cref="ImageException">The data is damaged, truncated or no PNG.</exception>
    public static IReadOnlyDictionary<string, string> ReadTexts(ReadOnlySpan<byte> png)
    {
        ImagingLibraries.Register();
        using SpngHandle decoder = Spng.NewContext(0);

        fixed (byte* source = png)
        {
            SpngHandle.Check(Spng.SetSource(decoder, source, (nuint)png.Length), Damaged);
            SpngHandle.Check(Spng.GetHeader(decoder, out Spng.Header header), Damaged);

            // Text may follow the pixels, and libspng gets past them only by decoding.
            var pixels = new Raster(SideOf(header.Width), SideOf(header.Height), 4);
            fixed (byte* target = pixels.Pixels)
                SpngHandle.Check(Spng.DecodeImage(decoder, target, (nuint)pixels.Pixels.Length, Spng.FormatRgba8, 0), Damaged);

            SpngHandle.Check(Spng.DecodeChunks(decoder), Damaged);
            return PngTexts.Read(decoder);
        }
    }

    private static bool HasTransparentColor(SpngHandle decoder)
    {
        byte* unused = stackalloc byte[TransparencySize];
        int error = Spng.GetTransparency(decoder, unused);
        if (error == Spng.ChunkAbsent)
            return false;

        SpngHandle.Check(error, Damaged);
        return true;
    }

    private static int SideOf(uint size) =>
        size <= int.MaxValue ? (int)size : throw new ImageException($"{Damaged}: a side of {size} pixels.");

    private static Raster FirstChannel(Raster raster)
    {
        var gray = new Raster(raster.Width, raster.Height, 1);
        for (int i = 0; i < gray.Pixels.Length; i++)
            gray.Pixels[i] = raster.Pixels[i * raster.Channels];
        return gray;
    }

    private static Spng.Header HeaderOf(Raster raster) => new()
    {
        Width = (uint)raster.Width,
        Height = (uint)raster.Height,
        BitDepth = 8,
        ColorType = raster.Channels switch { 1 => Spng.ColorGray, 3 => Spng.ColorRgb, _ => Spng.ColorRgba },
    };

    [UnmanagedCallersOnly]
    private static int Write(nint context, nint user, byte* bytes, nuint length)
    {
        var sink = (MemoryStream)GCHandle.FromIntPtr(user).Target!;
        sink.Write(new ReadOnlySpan<byte>(bytes, (int)length));
        return Spng.Ok;
    }
}
