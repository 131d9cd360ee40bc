using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>The part of TurboJPEG's C interface that the codec uses (turbojpeg.h, generation 2; generation 3 keeps it).</summary>
internal static unsafe partial class TurboJpeg
{
    // Pixel formats (TJPF_*), colour spaces (TJCS_*), chroma subsamplings (TJSAMP_*), flags (TJFLAG_*).
    public const int FormatRgb = 0;
    public const int FormatGray = 6;
    public const int FormatCmyk = 11;
    public const int SpaceGray = 2;
    public const int SpaceCmyk = 3;
    public const int SpaceYcck = 4;
    public const int Sampling444 = 0;
    public const int Sampling420 = 2;
    public const int SamplingGray = 3;
    public const int NoReallocation = 1024;
    public const int AccurateDct = 4096;
    public const int StopOnWarning = 8192;

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjInitDecompress")]
    public static partial TurboJpegHandle InitDecompress();

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjInitCompress")]
    public static partial TurboJpegHandle InitCompress();

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* ErrorText(TurboJpegHandle handle);

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(
        TurboJpegHandle handle, byte* jpeg, CULong jpegSize, out int width, out int height, out int subsampling, out int colorSpace);

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        TurboJpegHandle handle, byte* jpeg, CULong jpegSize, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjBufSize")]
    public static partial CULong CompressedBound(int width, int height, int subsampling);

    [LibraryImport(ImagingLibraries.TurboJpeg, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        TurboJpegHandle handle, byte* pixels, int width, int pitch, int height, int pixelFormat,
        byte** jpeg, ref CULong jpegSize, int subsampling, int quality, int flags);
}
