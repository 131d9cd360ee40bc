using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>Owns one TurboJPEG compressor or decompressor.</summary>
internal sealed unsafe class TurboJpegHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>The reason of the last failure on this handle.</summary>
    public string Reason() =>
        Marshal.PtrToStringUTF8((nint)TurboJpeg.ErrorText(this)) ?? "no reason given";

    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}
