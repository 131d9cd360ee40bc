using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A round face with hair, ears and a smile. Its two eyes share one colour.</summary>
internal sealed class Face : ToyClass
{
    private const double EyeX = 0.36, EyeY = -0.02;
    private const double WhiteRadius = 0.27, IrisRadius = 0.185;

    /// <summary>Below this, no eye is to be seen. True ones have twice as much, even at a resolution of 32.</summary>
    private const double LeastEyeness = 0.18;

    public override string Name => "face";

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Colour skin = palette.Main.Mix(Palette.White, 0.15);
        Colour shadow = skin.Mix(Palette.Ink, 0.18);
        Colour hair = palette.Accent.Mix(Palette.Ink, 0.1);
        Colour iris = palette.Accent.Mix(Palette.Ink, 0.25);

        scene.Disc(0, -0.12, 0.88, hair);
        for (int side = -1; side <= 1; side += 2)
            scene.Disc(side * 0.82, 0.12, 0.16, shadow);
        scene.Disc(0, 0.14, 0.82, skin);
        scene.Arc(0, 0.34, 0.3, 0.25, 0.2, 0.055, Palette.Ink);

        for (int side = -1; side <= 1; side += 2)
        {
            scene.Disc(side * EyeX, EyeY, WhiteRadius, Palette.White);
            scene.Disc(side * EyeX, EyeY, IrisRadius, side < 0 ? iris : scene.Spoiled(iris));
        }
    }

    public override double Disagreement(Sighting sighting)
    {
        (Point left, double leftEyeness) = FindEye(sighting, new Point(-EyeX, EyeY));
        (Point right, double rightEyeness) = FindEye(sighting, new Point(EyeX, EyeY));

        return Math.Min(leftEyeness, rightEyeness) < LeastEyeness ? 1 : sighting.Spread([left, right], 0.06);
    }

    // The spot near the expected one that looks most like an iris in its white.
    private static (Point Centre, double Eyeness) FindEye(Sighting sighting, Point expected)
    {
        Point best = expected;
        double bestScore = double.MinValue;
        for (int i = 0; i < 81; i++)
        {
            Point shift = new(((i % 9) - 4) * 0.04, ((i / 9) - 4) * 0.04);

            // A slight pull to the expected spot settles ties.
            double score = Eyeness(sighting, expected + shift) - (0.06 * shift.Length);
            if (score <= bestScore)
                continue;
            best = expected + shift;
            bestScore = score;
        }

        return (best, bestScore);
    }

    // Whiteness of the rim less that of the core; of the rim's darker half, lest white on one side will do.
    private static double Eyeness(Sighting sighting, Point centre)
    {
        Span<double> rim = stackalloc double[8];
        for (int spoke = 0; spoke < rim.Length; spoke++)
            rim[spoke] = Whiteness(sighting.At(centre + Point.Polar((IrisRadius + WhiteRadius) / 2, spoke / 8.0)));
        rim.Sort();

        return ((rim[0] + rim[1] + rim[2] + rim[3]) / 4) - Whiteness(sighting.Mean(centre, 0.06));
    }

    private static double Whiteness(Colour colour) => Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue));
}
