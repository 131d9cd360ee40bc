using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>The part of libspng's C interface that the codec uses (spng.h, 0.7).</summary>
internal static unsafe partial class Spng
{
    public const int Ok = 0;
    public const int ChunkAbsent = 73;

    // Context and operation flags, pixel formats, options, text kinds; the names are spng.h's.
    public const int ContextEncoder = 2;
    public const int DecodeTransparency = 1;
    public const int EncodeFinalize = 2;
    public const int FormatRgba8 = 1;
    public const int FormatRgb8 = 4;
    public const int FormatAsStored = 256;
    public const int OptionCompressionLevel = 2;
    public const int OptionFilterChoice = 10;
    public const int DisableFiltering = 0;
    public const int TextLatin1 = 1;
    public const int TextUtf8 = 3;

    public const byte ColorGray = 0;
    public const byte ColorRgb = 2;
    public const byte ColorGrayAlpha = 4;
    public const byte ColorRgba = 6;

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_ctx_new")]
    public static partial SpngHandle NewContext(int flags);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_ctx_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_set_png_buffer")]
    public static partial int SetSource(SpngHandle context, byte* png, nuint length);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_set_png_stream")]
    public static partial int SetSink(SpngHandle context, delegate* unmanaged<nint, nint, byte*, nuint, int> write, nint user);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_set_option")]
    public static partial int SetOption(SpngHandle context, int option, int value);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_get_ihdr")]
    public static partial int GetHeader(SpngHandle context, out Header header);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_set_ihdr")]
    public static partial int SetHeader(SpngHandle context, in Header header);

    /// <param name="context">The decoder.</param>
    /// <param name="transparency">Room for spng_trns (268 bytes); only its presence matters here.</param>
    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_get_trns")]
    public static partial int GetTransparency(SpngHandle context, byte* transparency);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_decode_image")]
    public static partial int DecodeImage(SpngHandle context, byte* pixels, nuint length, int format, int flags);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_decode_chunks")]
    public static partial int DecodeChunks(SpngHandle context);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_encode_image")]
    public static partial int EncodeImage(SpngHandle context, byte* pixels, nuint length, int format, int flags);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_get_text")]
    public static partial int GetText(SpngHandle context, Text* texts, ref uint count);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_set_text")]
    public static partial int SetText(SpngHandle context, Text* texts, uint count);

    [LibraryImport(ImagingLibraries.Spng, EntryPoint = "spng_strerror")]
    public static partial byte* ErrorText(int error);

    /// <summary>spng_ihdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Header
    {
        public uint Width;
        public uint Height;
        public byte BitDepth;
        public byte ColorType;
        public byte CompressionMethod;
        public byte FilterMethod;
        public byte InterlaceMethod;
    }

    /// <summary>spng_text.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Text
    {
        public fixed byte Keyword[80];
        public int Type;
        public nuint Length;
        public byte* Value;
        public byte CompressionFlag;
        public byte CompressionMethod;
        public byte* LanguageTag;
        public byte* TranslatedKeyword;
    }
}
