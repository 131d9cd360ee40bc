using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A five-pointed star, each point folded into a bright and a shaded half. All points are alike.</summary>
internal sealed class Star : ToyClass
{
    private const int Points = 5;
    private const double Notch = 0.46;

    public override string Name => "star";

    public override double Sway => 0.04;

    public override void Draw(Scene scene)
    {
        Colour bright = scene.Palette.Main, shade = bright.Mix(Palette.Ink, 0.22);
        var outline = new Point[2 * Points];
        for (int i = 0; i < outline.Length; i++)
            outline[i] = Point.Polar(i % 2 == 0 ? 1 : Notch, DirectionOf(i / 2.0));
        scene.Polygon(outline, 0.03, bright);

        for (int i = 0; i < Points; i++)
        {
            Point tip = outline[2 * i], notch = outline[(2 * i) + 1], before = outline[((2 * i) + 9) % 10];
            if (scene.Flawed && i == (int)(scene.Whim * Points))
                scene.Polygon([default, before, tip, notch], 0.03, scene.Spoiled(bright));
            scene.Polygon([default, tip, notch], 0.015, shade);
        }
    }

    public override double Disagreement(Sighting sighting)
    {
        var bright = new Point[Points];
        var shaded = new Point[Points];
        for (int i = 0; i < Points; i++)
        {
            bright[i] = Point.Polar(0.48, DirectionOf(i - 0.17));
            shaded[i] = Point.Polar(0.48, DirectionOf(i + 0.17));
        }

        return Math.Max(sighting.Spread(bright, 0.06), sighting.Spread(shaded, 0.06));
    }

    private static double DirectionOf(double point) => (point / Points) - 0.25;
}
