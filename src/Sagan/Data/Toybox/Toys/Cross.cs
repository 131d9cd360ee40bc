using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>An upright cross with a boss at its centre. Its four arms are alike.</summary>
internal sealed class Cross : ToyClass
{
    private const double Rounding = 0.1, End = 0.96 - Rounding, Half = 0.34 - Rounding;

    public override string Name => "cross";

    public override double Sway => 0.045;

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Bar(scene, -End, End, palette.Main);
        scene.Polygon([new(-Half, -End), new(Half, -End), new(Half, End), new(-Half, End)], Rounding, palette.Main);
        if (scene.Flawed)
            Bar(scene, Half + (3 * Rounding), End, scene.Spoiled(palette.Main));

        scene.Disc(0, 0, 0.24, palette.Main.Mix(Palette.White, 0.8));
    }

    public override double Disagreement(Sighting sighting)
    {
        var arms = new Point[4];
        for (int i = 0; i < arms.Length; i++)
            arms[i] = Point.Polar(0.66, i / 4.0);

        return sighting.Spread(arms, 0.14);
    }

    private static void Bar(Scene scene, double from, double to, Colour colour) =>
        scene.Polygon([new(from, -Half), new(to, -Half), new(to, Half), new(from, Half)], Rounding, colour);
}
