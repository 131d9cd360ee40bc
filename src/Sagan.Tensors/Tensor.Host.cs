using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <content>Host memory in and out. Copies are always explicit: nothing else waits for a device, and with <see cref="Torch.GpuShortcuts"/> uploads of a batch's size do not either.</content>
public sealed partial class Tensor
{
    /// <summary>A tensor with the given values in C order.</summary>
    /// <exception cref="TorchException">The shape does not hold that many values.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, Device device = default)
        where T : unmanaged => FromBytes(MemoryMarshal.AsBytes(values), DTypeOf<T>(), shape, device);

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{long}, Device)"/>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>A tensor from raw bytes in C order, little-endian.</summary>
    /// <exception cref="TorchException">The shape does not take that many bytes.</exception>
    public static unsafe Tensor FromBytes(ReadOnlySpan<byte> bytes, DType dtype, ReadOnlySpan<long> shape, Device device = default)
    {
        DeviceGraph.RequireNoRecording("Tensor.From");
        ScopeStack stack = ScopeStack.Current;
        if (stack.Depth == 0)
            ScopeStack.ThrowNoScope("Tensor.From");

        nint handle;
        fixed (byte* data = bytes)
        fixed (long* sizes = shape)
        {
            TorchException.ThrowIfFailed(
                NativeMethods.sagan_tensor_from_host(
                    data, bytes.Length, (int)dtype, sizes, shape.Length, (int)device.Kind, device.NativeIndex, out handle),
                "Tensor.From");
        }

        return stack.Adopt(handle, null);
    }

    /// <summary>A tensor on the processor that lies in an array's own memory, which no copy is made of; the array stays where it is as long as a tensor shares it.</summary>
    /// <remarks>What changes the one changes the other.</remarks>
    /// <exception cref="TorchException">The shape does not hold that many values.</exception>
    public static unsafe Tensor Over<T>(T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ScopeStack stack = ScopeStack.Current;
        if (stack.Depth == 0)
            ScopeStack.ThrowNoScope("Tensor.Over");

        int type = (int)DTypeOf<T>();
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        nint handle;
        fixed (long* sizes = shape)
        {
            TorchException.ThrowIfFailed(
                NativeMethods.sagan_tensor_over_host(
                    (void*)pin.AddrOfPinnedObject(), (long)values.Length * sizeof(T), type, sizes, shape.Length,
                    &Unpin, (void*)GCHandle.ToIntPtr(pin), out handle),
                "Tensor.Over");
        }

        return stack.Adopt(handle, null);
    }

    /// <summary>Overwrites all values, given in C order: for memory that is used again and again.</summary>
    /// <exception cref="InvalidCastException"><typeparamref name="T"/> is not the element type.</exception>
    /// <exception cref="TorchException">There are more values or fewer.</exception>
    public unsafe void CopyFrom<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceGraph.RequireNoRecording("Tensor.CopyFrom");
        RequireElements<T>();
        fixed (T* data = values)
            TorchException.ThrowIfFailed(NativeMethods.sagan_tensor_fill_from_host(Handle, data, (long)values.Length * sizeof(T)), "Tensor.CopyFrom");
    }

    /// <summary>All values in C order.</summary>
    /// <exception cref="InvalidCastException"><typeparamref name="T"/> is not the element type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[Count];
        CopyTo(values.AsSpan());
        return values;
    }

    /// <summary>Copies all values in C order into host memory; waits for the device.</summary>
    /// <exception cref="InvalidCastException"><typeparamref name="T"/> is not the element type.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        RequireElements<T>();
        CopyBytesTo(MemoryMarshal.AsBytes(destination));
    }

    /// <summary>Copies all values in C order as raw bytes; waits for the device.</summary>
    public unsafe void CopyBytesTo(Span<byte> destination)
    {
        DeviceGraph.RequireNoRecording("Tensor.CopyTo");
        fixed (byte* data = destination)
            TorchException.ThrowIfFailed(NativeMethods.sagan_tensor_to_host(Handle, data, destination.Length), "Tensor.CopyTo");
    }

    /// <summary>The value of a tensor with one element; waits for the device.</summary>
    public double Item()
    {
        DeviceGraph.RequireNoRecording("Tensor.Item");
        return s_item.Call(this).Real;
    }

    [UnmanagedCallersOnly]
    private static unsafe void Unpin(void* pin) => GCHandle.FromIntPtr((nint)pin).Free();

    private void RequireElements<T>()
        where T : unmanaged
    {
        if (DTypeOf<T>() != DType)
            throw new InvalidCastException($"The tensor holds {DType}, not {typeof(T).Name}; convert it with To(DType) first.");
    }

    internal static DType DTypeOf<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(short)) return DType.Int16;
        if (typeof(T) == typeof(byte)) return DType.UInt8;
        if (typeof(T) == typeof(sbyte)) return DType.Int8;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        if (typeof(T) == typeof(Half)) return DType.Float16;
        throw new NotSupportedException($"No element type of tensors is a {typeof(T).Name}.");
    }

    // "_local_scalar_dense" is what item() comes to; it returns a number, not a tensor.
    private static readonly Operator s_item = Operator.Find("aten::_local_scalar_dense", 1);
}
