namespace Sagan.Data.Toybox.Oracle;

/// <summary>A toy found in a picture: colours are read in the toy's own frame.</summary>
/// <param name="JudgedPicture">The picture, pixels only.</param>
/// <param name="Pose">Where the silhouette fits best.</param>
/// <param name="Variant">Which variant's silhouette fits best.</param>
/// <param name="Fit">How well it fits, in [-1, 1].</param>
internal sealed record Sighting(JudgedPicture JudgedPicture, Pose Pose, int Variant, double Fit)
{
    private const int TiltSteps = 7;

    /// <summary>Looks for a toy: coarse placement by moments for every tilt, then small steps uphill.</summary>
    public static Sighting Find(ToyClass toy, JudgedPicture picture)
    {
        Foreground foreground = new(picture);
        Sighting best = new(picture, Pose.Upright, 0, -1);
        for (int variant = 0; variant < toy.Variants; variant++)
        {
            Silhouette silhouette = new(toy, variant);
            for (int facing = 0; facing < toy.Facings; facing++)
            {
                Pose pose = Climb(foreground, silhouette, Guess(foreground, silhouette, toy, facing));
                double fit = silhouette.Fit(foreground, pose);
                if (fit > best.Fit)
                    best = new Sighting(picture, pose, variant, fit);
            }
        }

        return best;
    }

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
    public double Spread(IReadOnlyList<Point> centres, double radius) => Distances(centres, radius).Max();

    /// <summary>The mean distance of the discs' colours from their median colour.</summary>
    public double MeanSpread(IReadOnlyList<Point> centres, double radius) => Distances(centres, radius).Average();

    /// <summary>Mean colour distance between mirrored points of the two halves.</summary>
    public double MirrorError()
    {
        const int Steps = 16;
        double error = 0;
        for (int i = 0; i < Steps * Steps; i++)
        {
            Point right = new(((i % Steps) + 0.5) / Steps, (2 * ((i / Steps) + 0.5) / Steps) - 1);
            error += At(right).DistanceTo(At(new Point(-right.X, right.Y)));
        }

        return error / (Steps * Steps);
    }

    private static Pose Guess(Foreground foreground, Silhouette silhouette, ToyClass toy, int facing)
    {
        Pose best = Pose.Upright;
        double bestFit = double.MinValue;
        for (int step = 0; step < TiltSteps; step++)
        {
            double tilt = ((double)facing / toy.Facings) + (toy.Sway * ((2.0 * step / (TiltSteps - 1)) - 1));
            double size = foreground.Radius / silhouette.Radius;
            Pose centred = new(default, size, tilt);
            Pose pose = new(foreground.Centroid - centred.Place(silhouette.Centroid), size, tilt);
            double fit = silhouette.Fit(foreground, pose);
            if (fit <= bestFit)
                continue;
            best = pose;
            bestFit = fit;
        }

        return best;
    }

    private static Pose Climb(Foreground foreground, Silhouette silhouette, Pose pose)
    {
        double fit = silhouette.Fit(foreground, pose);
        for (double step = 0.04; step > 0.004;)
        {
            Pose[] neighbours =
            [
                new(pose.Centre + new Point(step, 0), pose.Size, pose.Tilt), new(pose.Centre - new Point(step, 0), pose.Size, pose.Tilt),
                new(pose.Centre + new Point(0, step), pose.Size, pose.Tilt), new(pose.Centre - new Point(0, step), pose.Size, pose.Tilt),
                new(pose.Centre, pose.Size + step, pose.Tilt), new(pose.Centre, pose.Size - step, pose.Tilt),
                new(pose.Centre, pose.Size, pose.Tilt + (step / 4)), new(pose.Centre, pose.Size, pose.Tilt - (step / 4)),
            ];
            Pose best = neighbours.MaxBy(neighbour => silhouette.Fit(foreground, neighbour));
            double bestFit = silhouette.Fit(foreground, best);
            if (bestFit > fit + 1e-9)
                (pose, fit) = (best, bestFit);
            else
                step /= 2;
        }

        return pose;
    }

    private double[] Distances(IReadOnlyList<Point> centres, double radius)
    {
        Colour[] colours = [.. centres.Select(centre => Mean(centre, radius))];
        Colour median = new(
            Median(colours.Select(colour => colour.Red)),
            Median(colours.Select(colour => colour.Green)),
            Median(colours.Select(colour => colour.Blue)));
        return [.. colours.Select(colour => colour.DistanceTo(median))];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
