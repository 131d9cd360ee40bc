namespace Sagan.Layers;

/// <summary>While it lives, its thread's convolutions run as <see cref="MixedPrecision.Enter"/> was told.</summary>
internal readonly struct MixedPrecisionScope(bool former) : IDisposable
{
    public void Dispose() => MixedPrecision.Exchange(former);
}
