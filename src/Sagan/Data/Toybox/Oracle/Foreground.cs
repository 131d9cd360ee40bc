namespace Sagan.Data.Toybox.Oracle;

/// <summary>
/// How strongly each pixel differs from the backdrop, in [0, 1]. The backdrop is the plane through the colours of
/// the picture's outermost pixels, which no toy reaches.
/// </summary>
internal sealed class Foreground
{
    /// <summary>Colour distances up to the floor are noise; from the ceiling on, half the palette's least contrast, all toy.</summary>
    private const double Floor = 0.04, Ceiling = 0.11;

    private readonly double[] _strength;
    private readonly int _resolution;

    public Foreground(JudgedPicture picture)
    {
        _resolution = picture.Resolution;
        _strength = new double[_resolution * _resolution];
        (Colour middle, Colour acrossX, Colour acrossY) = FitBackdrop(picture);
        double total = 0, spread = 0;
        Point sum = default;
        for (int i = 0; i < _strength.Length; i++)
        {
            int column = i % _resolution, row = i / _resolution;
            Point point = picture.CentreOf(column, row);
            Colour backdrop = middle + (acrossX * point.X) + (acrossY * point.Y);
            double distance = picture.Pixel(column, row).DistanceTo(backdrop);
            double weight = Math.Clamp((distance - Floor) / (Ceiling - Floor), 0, 1);

            _strength[i] = weight;
            total += weight;
            sum += point * weight;
            spread += weight * point.Dot(point);
        }

        if (total == 0)
            return;
        Centroid = sum * (1 / total);
        Radius = Math.Sqrt(Math.Max(0, (spread / total) - Centroid.Dot(Centroid)));
    }

    /// <summary>Centre of gravity of the strength, in the picture's coordinates.</summary>
    public Point Centroid { get; }

    /// <summary>Root mean square distance from the centroid; 0 for an empty picture.</summary>
    public double Radius { get; }

    public double At(Point point)
    {
        Cell cell = new(point, _resolution);
        int below = cell.Index + _resolution;
        double upper = _strength[cell.Index] + (cell.Across * (_strength[cell.Index + 1] - _strength[cell.Index]));
        double lower = _strength[below] + (cell.Across * (_strength[below + 1] - _strength[below]));
        return upper + (cell.Down * (lower - upper));
    }

    // Least squares on the square frame of border pixels, whose symmetry makes the three unknowns independent.
    private static (Colour Middle, Colour AcrossX, Colour AcrossY) FitBackdrop(JudgedPicture picture)
    {
        int last = picture.Resolution - 1, count = 0;
        Colour sum = default, sumX = default, sumY = default;
        double squares = 0;
        for (int i = 0; i < last; i++)
        {
            foreach ((int column, int row) in (ReadOnlySpan<(int, int)>)[(i, 0), (last, i), (last - i, last), (0, last - i)])
            {
                Point point = picture.CentreOf(column, row);
                Colour colour = picture.Pixel(column, row);
                sum += colour;
                sumX += colour * point.X;
                sumY += colour * point.Y;
                squares += point.X * point.X;
                count++;
            }
        }

        return (sum * (1.0 / count), sumX * (1 / squares), sumY * (1 / squares));
    }
}
