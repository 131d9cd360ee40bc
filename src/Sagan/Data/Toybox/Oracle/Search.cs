namespace Sagan.Data.Toybox.Oracle;

/// <summary>Looks for a toy by its silhouette: moments place it for every tilt, then small steps lead uphill.</summary>
internal static class Search
{
    private const double TiltStep = 0.012;
    private const double FirstStep = 0.04, LastStep = 0.004;

    /// <summary>The best sighting of the toy, however poor its fit.</summary>
    public static Sighting Find(ToyClass toy, JudgedPicture picture)
    {
        Foreground foreground = new(picture);
        Sighting guess = toy.Silhouettes
            .SelectMany(silhouette => Poses(foreground, silhouette, toy)
                .Select(pose => new Sighting(picture, silhouette, pose, silhouette.Fit(foreground, pose))))
            .MaxBy(sighting => sighting.Fit)!;

        return Climb(guess, foreground);
    }

    private static IEnumerable<Pose> Poses(Foreground foreground, Silhouette silhouette, ToyClass toy)
    {
        double size = foreground.Radius / silhouette.Radius;
        int steps = (int)Math.Ceiling(toy.Sway / TiltStep);
        for (int facing = 0; facing < toy.Facings; facing++)
        {
            for (int step = -steps; step <= steps; step++)
            {
                double tilt = ((double)facing / toy.Facings) + (step * TiltStep);
                Point shift = new Pose(default, size, tilt).Place(silhouette.Centroid);
                yield return new Pose(foreground.Centroid - shift, size, tilt);
            }
        }
    }

    private static Sighting Climb(Sighting sighting, Foreground foreground)
    {
        double step = FirstStep;
        while (step > LastStep)
        {
            Sighting best = sighting.Pose.Neighbours(step)
                .Select(pose => sighting with { Pose = pose, Fit = sighting.Silhouette.Fit(foreground, pose) })
                .MaxBy(neighbour => neighbour.Fit)!;
            if (best.Fit > sighting.Fit)
                sighting = best;
            else
                step /= 2;
        }

        return sighting;
    }
}
