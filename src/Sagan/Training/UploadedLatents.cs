using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Latents and labels of an update, drawn by the host and uploaded.</summary>
/// <param name="generator">Says what a latent vector is, and how many classes there are.</param>
/// <param name="seed">The run's.</param>
/// <param name="purpose">What they are drawn for.</param>
/// <param name="device">Where to.</param>
internal sealed class UploadedLatents(Generator generator, long seed, DrawPurpose purpose, Device device) : IDisposable
{
    private readonly Latents _latents = new(generator.LatentSize, generator.Images.Classes, seed, purpose);
    private readonly UploadSlot<float> _z = new(device);
    private readonly UploadSlot<long> _labels = new(device);
    private float[] _drawnZ = [];
    private long[] _drawnLabels = [];

    /// <summary>[count, latent size].</summary>
    internal Tensor Z => _z.Value;

    /// <summary>[count] of Int64.</summary>
    internal Tensor Labels => _labels.Value;

    /// <summary>Draws and uploads those from a position of the stream on.</summary>
    internal void Load(long position, int count)
    {
        if (_drawnLabels.Length != count)
            (_drawnZ, _drawnLabels) = (new float[count * generator.LatentSize], new long[count]);
        _latents.Fill(position, _drawnZ, _drawnLabels);
        _z.Fill(_drawnZ, count, generator.LatentSize);
        _labels.Fill(_drawnLabels, count);
    }

    public void Dispose()
    {
        _z.Dispose();
        _labels.Dispose();
    }
}
