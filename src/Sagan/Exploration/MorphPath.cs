using Sagan.Models;
using Sagan.Training;

namespace Sagan.Exploration;

/// <summary>A way from picture to picture: classes are blended, latent vectors travel on an arc.</summary>
/// <remarks>
/// Shares of classes change evenly (category morphing: Miyato and Koyama 2018, arXiv:1802.05637, section 4.1). Latent vectors
/// are interpolated spherically (White 2016, arXiv:1609.04468): the straight line between two would pass nearer to the middle
/// than any latent of training. At its stops the way goes exactly through the pictures that their seeds and classes give.
/// </remarks>
public sealed class MorphPath
{
    private readonly List<ClassBlend> _stops;
    private readonly int _steps;

    /// <param name="latents">Where a seed's latent vector is.</param>
    /// <param name="classes">Number of classes of the generator.</param>
    /// <param name="latentSize">Size of a latent vector.</param>
    /// <param name="stops">Pictures on the way, at least one.</param>
    /// <param name="steps">Frames from one stop to the next, at least one.</param>
    /// <param name="isLoop">Whether the way leads from the last stop back to the first.</param>
    public MorphPath(Latents latents, int classes, int latentSize, IReadOnlyList<SampleRequest> stops, int steps, bool isLoop)
    {
        ArgumentOutOfRangeException.ThrowIfZero(stops.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _steps = steps;
        _stops = [.. stops.Select(stop => PointOf(stop, latents, classes, latentSize))];
        Frames = isLoop ? _stops.Count * steps : ((_stops.Count - 1) * steps) + 1;
    }

    /// <summary>Points on the way. A loop's first follows its last.</summary>
    public int Frames { get; }

    /// <summary>The point of a frame.</summary>
    public ClassBlend this[int frame]
    {
        get
        {
            ClassBlend from = _stops[frame / _steps], to = _stops[((frame / _steps) + 1) % _stops.Count];
            double way = frame % _steps / (double)_steps;
            return way == 0 ? from : new ClassBlend(Arc(from.Z, to.Z, way), Mix(from.Shares, to.Shares, 1 - way, way));
        }
    }

    /// <summary>All points in order.</summary>
    public IEnumerable<ClassBlend> Points() => Enumerable.Range(0, Frames).Select(frame => this[frame]);

    private static ClassBlend PointOf(SampleRequest stop, Latents latents, int classes, int latentSize)
    {
        var point = new ClassBlend(new float[latentSize], new float[classes]);
        latents.Draw(stop.Seed, point.Z);
        point.Shares[stop.Label] = 1;
        return point;
    }

    private static float[] Arc(float[] from, float[] to, double way)
    {
        if (from.SequenceEqual(to))
            return from;
        double product = 0, fromSquares = 0, toSquares = 0;
        for (int i = 0; i < from.Length; i++)
        {
            product += (double)from[i] * to[i];
            fromSquares += (double)from[i] * from[i];
            toSquares += (double)to[i] * to[i];
        }

        // In (nearly) the same or opposite directions there is no arc: the straight line then.
        double cosine = product / Math.Sqrt(fromSquares * toSquares);
        if (!(Math.Abs(cosine) < 1 - 1e-6))
            return Mix(from, to, 1 - way, way);
        double angle = Math.Acos(cosine);
        return Mix(from, to, Math.Sin((1 - way) * angle) / Math.Sin(angle), Math.Sin(way * angle) / Math.Sin(angle));
    }

    private static float[] Mix(float[] from, float[] to, double first, double second) =>
        [.. from.Zip(to, (a, b) => (float)((first * a) + (second * b)))];
}
