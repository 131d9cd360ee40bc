using Sagan.Tensors;

namespace Sagan.Data.Toybox.Oracle;

/// <summary>What a toy covers in its own frame, as points of a grid that lie inside and outside, with its moments.</summary>
internal sealed class Silhouette
{
    private const int Grid = 25;
    private const double Reach = 1.2;

    private readonly Point[] _inside, _outside;

    public Silhouette(ToyClass toy, int variant)
    {
        CounterRandom random = new(0, 0);
        Scene scene = new(Pose.Upright, Palette.Pick(ref random)) { Variant = variant };
        toy.Draw(scene);

        ILookup<bool, Point> points = Enumerable.Range(0, Grid * Grid)
            .Select(i => new Point(Ordinate(i % Grid), Ordinate(i / Grid)))
            .ToLookup(point => scene.Layers.Any(layer => layer.Shape.Distance(point) < 0));
        _inside = [.. points[true]];
        _outside = [.. points[false]];

        Variant = variant;
        Centroid = _inside.Aggregate((a, b) => a + b) * (1.0 / _inside.Length);
        Radius = Math.Sqrt(_inside.Average(point => (point - Centroid).Dot(point - Centroid)));
    }

    public int Variant { get; }

    /// <summary>The grid's points that the toy covers.</summary>
    public IReadOnlyList<Point> Inside => _inside;

    public Point Centroid { get; }

    /// <summary>Root mean square distance from the centroid.</summary>
    public double Radius { get; }

    /// <summary>Mean foreground inside less mean foreground outside, in [-1, 1]: 1 for a perfect fit.</summary>
    public double Fit(Foreground foreground, Pose pose) =>
        Mean(foreground, pose, _inside) - Mean(foreground, pose, _outside);

    private static double Ordinate(int index) => Reach * ((2.0 * index / (Grid - 1)) - 1);

    private static double Mean(Foreground foreground, Pose pose, Point[] points)
    {
        double sum = 0;
        foreach (Point point in points)
            sum += foreground.At(pose.Place(point));
        return sum / points.Length;
    }
}
