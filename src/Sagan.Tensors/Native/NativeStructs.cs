using System.Runtime.InteropServices;

namespace Sagan.Tensors.Native;

/// <summary>What a native call came to.</summary>
internal enum NativeStatus
{
    Ok = 0,
    Error = 1,
    OutOfMemory = 2,
    NotFound = 3,
}

/// <summary>What a <see cref="NativeValue"/> holds.</summary>
internal enum NativeTag
{
    None = 0,
    Tensor = 1,
    Integer = 2,
    Real = 3,
    Boolean = 4,
    Text = 5,
    Device = 6,
    Generator = 7,
    Integers = 8,
    Reals = 9,
    Booleans = 10,
    Tensors = 11,
}

/// <summary>Mirror of <c>sagan_value</c>: 16 bytes, the payload at offset 8.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] internal NativeTag Tag;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}

/// <summary>Mirror of <c>sagan_tensor_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTensorInfo
{
    internal long Count;
    internal long* Sizes;
    internal int Rank;
    internal int DType;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int RequiresGrad;
    internal int Contiguous;
}

/// <summary>Mirror of <c>sagan_build_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBuildInfo
{
    internal int Abi;
    internal int ValueSize;
    internal int ValuePayload;
    internal int InfoSize;
    internal int InfoRequiresGrad;
    internal int Cuda;
    internal byte* TorchVersion;
}

/// <summary>Mirror of <c>sagan_memory_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMemoryInfo
{
    internal long Allocated;
    internal long PeakAllocated;
    internal long Reserved;
}

/// <summary>Mirror of <c>sagan_profile_event</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeProfileEvent
{
    internal long Start;
    internal long End;
    internal long Sequence;
    internal ulong Thread;
    internal ulong ForwardThread;
    internal int Name;
    internal int Depth;
    internal int Backward;
}

/// <summary>Mirror of <c>sagan_profile</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeProfile
{
    internal NativeProfileEvent* Events;
    internal long EventCount;
    internal byte** Names;
    internal int NameCount;
    internal ulong Thread;
}
