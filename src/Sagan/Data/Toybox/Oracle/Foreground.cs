namespace Sagan.Data.Toybox.Oracle;

/// <summary>
/// How strongly each pixel differs from the backdrop, in [0, 1]. The backdrop is the plane through the colours of
/// the picture's outermost pixels, which no toy reaches.
/// </summary>
internal sealed class Foreground
{
    /// <summary>A colour distance that counts as fully foreground; half of the palette's least contrast.</summary>
    private const double FullContrast = 0.11;

    private readonly JudgedPicture _strength;

    public Foreground(JudgedPicture picture)
    {
        int resolution = picture.Resolution;
        (Colour middle, Colour acrossX, Colour acrossY) = FitBackdrop(picture);
        var strength = new Colour[resolution * resolution];
        double total = 0, spread = 0;
        Point sum = default;
        for (int i = 0; i < strength.Length; i++)
        {
            int column = i % resolution, row = i / resolution;
            Point point = picture.CentreOf(column, row);
            Colour backdrop = middle + (acrossX * point.X) + (acrossY * point.Y);
            double weight = Math.Min(1, picture.Pixel(column, row).DistanceTo(backdrop) / FullContrast);
            strength[i] = new Colour(weight, weight, weight);
            total += weight;
            sum += point * weight;
            spread += weight * point.Dot(point);
        }

        _strength = new JudgedPicture(strength, resolution);
        Share = total / strength.Length;
        Centroid = total > 0 ? sum * (1 / total) : default;
        Radius = total > 0 ? Math.Sqrt(Math.Max(0, (spread / total) - Centroid.Dot(Centroid))) : 0;
    }

    /// <summary>Mean strength over the picture.</summary>
    public double Share { get; }

    /// <summary>Centre of gravity of the strength, in the picture's coordinates.</summary>
    public Point Centroid { get; }

    /// <summary>Root mean square distance from the centroid.</summary>
    public double Radius { get; }

    public double At(Point point) => _strength.At(point).Red;

    // Least squares on the square frame of border pixels, whose symmetry makes the three unknowns independent.
    private static (Colour Middle, Colour AcrossX, Colour AcrossY) FitBackdrop(JudgedPicture picture)
    {
        int last = picture.Resolution - 1, count = 0;
        Colour sum = default, sumX = default, sumY = default;
        double squares = 0;
        for (int i = 0; i < last; i++)
        {
            foreach ((int column, int row) in ((int, int)[])[(i, 0), (last, i), (last - i, last), (0, last - i)])
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
