using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>Owns one libspng decoder or encoder.</summary>
internal sealed unsafe class SpngHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>Turns libspng's error code into an exception whose message starts with what was being done.</summary>
    public static void Check(int error, string what)
    {
        if (error == Spng.Ok)
            return;

        string reason = Marshal.PtrToStringUTF8((nint)Spng.ErrorText(error)) ?? "no reason given";
        throw new ImageException($"{what}: {reason}.");
    }

    protected override bool ReleaseHandle()
    {
        Spng.FreeContext(handle);
        return true;
    }
}
