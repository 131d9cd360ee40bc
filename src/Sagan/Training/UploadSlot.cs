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

    /// <summary>Uploads values in C order; the first call decides the shape for good.</summary>
    internal void Fill(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
    {
        if (_tensor is null)
        {
            using Scope scope = Scope.Open();
            _tensor = Tensor.From(values, shape, device).Own();
            return;
        }

        if (!_tensor.Shape.SequenceEqual(shape))
            throw new InvalidOperationException($"[{string.Join(", ", shape.ToArray())}] does not fit into what holds [{string.Join(", ", _tensor.Shape.ToArray())}]; a graph may read that");
        _tensor.CopyFrom(values);
    }

    public void Dispose() => _tensor?.Free();
}
