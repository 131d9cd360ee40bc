using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>Records when libtorch's operators run: those of this thread, with what they call themselves and what goes backward for it elsewhere.</summary>
/// <remarks>libtorch tells; see <c>native/profile.cpp</c>. While nothing is recorded, operators run as if this did not exist.</remarks>
internal static class OperatorRecording
{
    /// <summary>Nanoseconds since some moment: the clock of all events.</summary>
    internal static long Clock => NativeMethods.sagan_profile_clock();

    /// <summary>Begins to record.</summary>
    /// <exception cref="TorchException">Something is being recorded already, on whatever thread.</exception>
    internal static void Start() => TorchException.ThrowIfFailed(NativeMethods.sagan_profile_begin(), "profile");

    /// <summary>Ends the recording; on the thread that began it.</summary>
    /// <param name="thread">libtorch's number of this thread.</param>
    /// <returns>What ran, in the order of its beginning.</returns>
    /// <exception cref="TorchException">Nothing is being recorded, or another thread records.</exception>
    internal static unsafe OperatorEvent[] Stop(out ulong thread)
    {
        NativeProfile profile;
        TorchException.ThrowIfFailed(NativeMethods.sagan_profile_end(&profile), "profile");
        thread = profile.Thread;

        string[] names = new string[profile.NameCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = OperatorName.Short(Marshal.PtrToStringUTF8((nint)profile.Names[i])!);

        var events = new OperatorEvent[profile.EventCount];
        for (int i = 0; i < events.Length; i++)
        {
            NativeProfileEvent* native = profile.Events + i;
            events[i] = new OperatorEvent(names[native->Name], native->Start, native->End, native->Thread, native->Depth)
            {
                Sequence = native->Sequence,
                IsNode = native->Backward != 0,
                ForwardThread = native->ForwardThread,
            };
        }

        return events;
    }
}
