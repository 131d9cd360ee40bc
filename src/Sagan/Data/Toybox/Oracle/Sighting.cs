namespace Sagan.Data.Toybox.Oracle;

/// <summary>A toy found in a picture: colours are read in the toy's own frame.</summary>
/// <param name="JudgedPicture">The picture, pixels only.</param>
/// <param name="Silhouette">The variant that fits best.</param>
/// <param name="Pose">Where it fits best.</param>
/// <param name="Fit">How well, in [-1, 1].</param>
internal sealed record Sighting(JudgedPicture JudgedPicture, Silhouette Silhouette, Pose Pose, double Fit)
{
    public Colour At(Point local) => JudgedPicture.At(Pose.Place(local));

    /// <summary>Mean colour of a small disc.</summary>
    public Colour Mean(Point local, double radius)
    {
        Colour sum = At(local);
        for (int i = 0; i < 6; i++)
            sum += At(local + Point.Polar(radius, i / 6.0));
        return sum * (1 / 7.0);
    }

    /// <summary>The largest distance of any disc's colour from their median colour.</summary>
    public double Spread(IReadOnlyList<Point> centres, double radius)
    {
        Colour[] colours = [.. centres.Select(centre => Mean(centre, radius))];
        Colour median = Median(colours);
        return colours.Max(colour => colour.DistanceTo(median));
    }

    /// <summary>Root mean square colour distance between mirrored points of the toy, about the best axis near the pose's.</summary>
    public double MirrorError()
    {
        double error = double.MaxValue;
        for (int i = 0; i < 49; i++)
        {
            double shift = ((i % 7) - 3) * 0.012, turn = ((i / 7) - 3) * 0.004;
            Pose axis = new(Pose.Place(new Point(shift, 0)), Pose.Size, Pose.Tilt + turn);
            error = Math.Min(error, MirrorError(axis));
        }

        return error;
    }

    /// <summary>The median of each channel.</summary>
    public static Colour Median(IReadOnlyCollection<Colour> colours) => new(
        Median(colours.Select(colour => colour.Red)),
        Median(colours.Select(colour => colour.Green)),
        Median(colours.Select(colour => colour.Blue)));

    private double MirrorError(Pose axis)
    {
        double squares = 0;
        foreach (Point point in Silhouette.Inside)
        {
            double distance = JudgedPicture.At(axis.Place(point)).DistanceTo(JudgedPicture.At(axis.Place(new Point(-point.X, point.Y))));
            squares += distance * distance;
        }

        return Math.Sqrt(squares / Silhouette.Inside.Count);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
