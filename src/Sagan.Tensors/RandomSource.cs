using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>A seeded source of random numbers for operators that draw: initialisers, penalties, augmentations.</summary>
/// <remarks>On the host it is libtorch's Mersenne twister: the same seed gives the same numbers for one libtorch version.</remarks>
public sealed class RandomSource : IDisposable
{
    private nint _handle;

    /// <summary>Creates a source on a device.</summary>
    public RandomSource(ulong seed, Device device = default)
    {
        Device = device;
        TorchException.ThrowIfFailed(
            NativeMethods.sagan_generator_new((int)device.Kind, device.NativeIndex, seed, out _handle), "random source");
    }

    /// <summary>Where the numbers are drawn; tensors filled from it live there.</summary>
    public Device Device { get; }

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(RandomSource));

    /// <summary>The whole state as bytes; <see cref="SetState"/> continues from it exactly.</summary>
    public byte[] GetState()
    {
        using Scope scope = Scope.Open();
        TorchException.ThrowIfFailed(NativeMethods.sagan_generator_get_state(Handle, out nint state), "random state");
        return ScopeStack.Current.Adopt(state, null).ToArray<byte>();
    }

    /// <summary>Restores what <see cref="GetState"/> gave.</summary>
    /// <exception cref="TorchException">Not a state of this kind of source.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        using Scope scope = Scope.Open();
        Tensor bytes = Tensor.From(state, [state.Length]);
        TorchException.ThrowIfFailed(NativeMethods.sagan_generator_set_state(Handle, bytes.Handle), "random state");
    }

    /// <summary>Frees the native source.</summary>
    public void Dispose()
    {
        if (_handle != 0)
            NativeMethods.sagan_generator_free(_handle);
        _handle = 0;
    }
}
