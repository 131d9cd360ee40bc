using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A blossom of six petals round a heart. All petals are alike.</summary>
internal sealed class Flower : ToyClass
{
    private const int Petals = 6;

    public override string Name => "flower";

    public override double Sway => 1.0 / (2 * Petals);

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Colour vein = palette.Main.Mix(Palette.White, 0.35);
        for (int i = 0; i < Petals; i++)
        {
            double direction = (double)i / Petals;
            bool spoiled = i == (int)(scene.Whim * Petals);
            Colour petal = spoiled ? scene.Spoiled(palette.Main) : palette.Main;
            scene.Pear(Point.Polar(0.2, direction), 0.12, Point.Polar(0.68, direction), 0.29, petal);
            scene.Stroke(Point.Polar(0.2, direction), Point.Polar(0.6, direction), 0.06, vein);
        }

        scene.Disc(0, 0, 0.3, palette.Accent);
        scene.Disc(0, 0, 0.17, palette.Accent.Mix(Palette.White, 0.5));
    }

    public override double Disagreement(Sighting sighting)
    {
        var petals = new Point[Petals];
        for (int i = 0; i < Petals; i++)
            petals[i] = Point.Polar(0.72, (double)i / Petals);

        return sighting.Spread(petals, 0.12);
    }
}
