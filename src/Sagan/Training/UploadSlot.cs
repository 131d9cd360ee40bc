using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>A tensor on the device that takes values of the host again and again: whatever reads it, a recorded graph too, finds the newest.</summary>
/// <param name="device">Where it lies.</param>
internal sealed class UploadSlot<T>(Device device) : IDisposable
    where T : unmanaged
{
    private Tensor? _tensor;

    /// <summary>What was uploaded last; stays the slot's.</summary>
    internal Tensor Value => _tensor ?? throw new InvalidOperationException("nothing was uploaded yet");

    /// <summary>Uploads values in C order; where the shape stays, so does the tensor.</summary>
    internal void Fill(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
    {
        if (_tensor is not null && _tensor.Shape.SequenceEqual(shape))
        {
            _tensor.CopyFrom(values);
            return;
        }

        _tensor?.Free();
        using Scope scope = Scope.Open();
        _tensor = Tensor.From(values, shape, device).Own();
    }

    public void Dispose() => _tensor?.Free();
}
