using System.Runtime.CompilerServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>A handle on one native tensor. Owned by exactly one scope or one module, never by a variable.</summary>
/// <remarks>There is no finalizer and no <c>Dispose</c>: see <see cref="Scope"/> and <c>docs/memory.md</c>.</remarks>
public sealed partial class Tensor
{
    private static long s_live;

    private readonly Operator? _origin;
    private nint _handle;
    private long[]? _shape;
    private DType _dtype;
    private Device _device;

    internal Tensor(nint handle, Operator? origin, int depth)
    {
        _handle = handle;
        _origin = origin;
        Depth = depth;
        Interlocked.Increment(ref s_live);
    }

    /// <summary>Tensors alive in this process, those of modules included.</summary>
    public static long LiveCount => Interlocked.Read(ref s_live);

    /// <summary>Sizes, outermost first.</summary>
    public ReadOnlySpan<long> Shape => ShapeArray;

    /// <summary>Number of axes.</summary>
    public int Rank => ShapeArray.Length;

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long size in ShapeArray)
                count *= size;
            return count;
        }
    }

    /// <summary>Element type.</summary>
    public DType DType
    {
        get
        {
            Describe();
            return _dtype;
        }
    }

    /// <summary>Where it lives.</summary>
    public Device Device
    {
        get
        {
            Describe();
            return _device;
        }
    }

    /// <summary>Size of one axis; negative axes count from the end.</summary>
    public long Size(int axis) => ShapeArray[axis < 0 ? axis + ShapeArray.Length : axis];

    /// <summary>Depth of the scope that owns it; <see cref="ScopeStack.Owned"/> where a module does.</summary>
    internal int Depth { get; set; }

    internal long[] ShapeArray
    {
        get
        {
            Describe();
            return _shape!;
        }
    }

    /// <summary>The native handle, on behalf of an operator that uses it.</summary>
    internal nint HandleFor(Operator? user)
    {
        nint handle = _handle;
        if (handle == 0)
            ThrowGone(user?.Name);
        return handle;
    }

    internal nint Handle => HandleFor(null);

    /// <summary>Takes the tensor out of its scope: whoever calls this frees it with <see cref="Free"/>.</summary>
    internal Tensor Own()
    {
        Depth = ScopeStack.Owned;
        return this;
    }

    /// <summary>Frees a tensor that was taken with <see cref="Own"/>; a second call does nothing.</summary>
    internal unsafe void Free()
    {
        nint handle = Surrender();
        if (handle == 0)
            return;
        NativeMethods.sagan_tensor_free(&handle, 1);
        CountFreed(1);
    }

    /// <summary>Gives the native reference away.</summary>
    internal nint Surrender()
    {
        nint handle = _handle;
        _handle = 0;
        return handle;
    }

    internal static void CountFreed(int count) => Interlocked.Add(ref s_live, -count);

    private unsafe void Describe()
    {
        if (_shape is not null)
            return;

        NativeTensorInfo info;
        TorchException.ThrowIfFailed(NativeMethods.sagan_tensor_describe(Handle, &info), "describe");
        _dtype = (DType)info.DType;
        _device = info.DeviceType == 0 ? Device.Cpu : new Device((DeviceKind)info.DeviceType, info.DeviceIndex);
        _shape = new ReadOnlySpan<long>(info.Sizes, info.Rank).ToArray();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowGone(string? user) => throw new ObjectDisposedException(
        nameof(Tensor),
        $"{(user is null ? "" : user + ": ")}a tensor made by {_origin?.Name ?? "the host"} was used after its scope closed; keep it with `scope.Keep(tensor)`");
}
