namespace Sagan.Tensors.Functional;

/// <summary>While it lives its thread takes the plain forms of the <see cref="Fused"/> operators.</summary>
internal readonly struct FusedOff(bool former) : IDisposable
{
    public void Dispose() => Fused.Exchange(former);
}
