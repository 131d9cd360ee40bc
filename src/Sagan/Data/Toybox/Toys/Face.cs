using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A round face with hair, ears and a smile. Its two eyes share one colour.</summary>
internal sealed class Face : ToyClass
{
    private const double EyeX = 0.36, EyeY = -0.02;
    private const double WhiteRadius = 0.27, IrisRadius = 0.185;

    public override string Name => "face";

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Colour skin = palette.Main.Mix(Palette.White, 0.15);
        Colour shadow = skin.Mix(Palette.Ink, 0.18);
        Colour hair = palette.Accent.Mix(Palette.Ink, 0.1);
        Colour iris = palette.Accent.Mix(Palette.Ink, 0.25);

        scene.Disc(0, -0.12, 0.88, hair);
        foreach (int side in (int[])[-1, 1])
            scene.Disc(side * 0.82, 0.12, 0.16, shadow);
        scene.Disc(0, 0.14, 0.82, skin);
        scene.Arc(0, 0.34, 0.3, 0.25, 0.2, 0.055, Palette.Ink);

        foreach (int side in (int[])[-1, 1])
        {
            scene.Disc(side * EyeX, EyeY, WhiteRadius, Palette.White);
            scene.Disc(side * EyeX, EyeY, IrisRadius, side < 0 ? iris : scene.Spoiled(iris));
        }
    }

    public override double Disagreement(Sighting sighting)
    {
        Point left = FindEye(sighting, new Point(-EyeX, EyeY));
        Point right = FindEye(sighting, new Point(EyeX, EyeY));

        return sighting.Spread([left, right], 0.06);
    }

    // The spot near the expected one that looks most like an iris in its white: dark core, bright rim.
    private static Point FindEye(Sighting sighting, Point expected)
    {
        Point best = expected;
        double bestScore = double.MinValue;
        for (int i = 0; i < 81; i++)
        {
            Point point = expected + new Point(((i % 9) - 4) * 0.04, ((i / 9) - 4) * 0.04);
            double score = 0;
            for (int spoke = 0; spoke < 8; spoke++)
                score += Whiteness(sighting.At(point + Point.Polar((IrisRadius + WhiteRadius) / 2, spoke / 8.0)));
            score -= 8 * Whiteness(sighting.Mean(point, 0.06));

            // A tiny pull to the expected spot settles ties.
            score -= 0.5 * (point - expected).Length;
            if (score <= bestScore)
                continue;
            best = point;
            bestScore = score;
        }

        return best;
    }

    private static double Whiteness(Colour colour) => Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue));
}
