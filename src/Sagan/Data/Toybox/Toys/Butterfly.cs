using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A butterfly seen from above. Its left half mirrors its right half.</summary>
internal sealed class Butterfly : ToyClass
{
    public override string Name => "butterfly";

    public override double Sway => 0.045;

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Colour rim = palette.Main.Mix(palette.Line, 0.35);
        for (int side = -1; side <= 1; side += 2)
        {
            // Only the left half is spoiled, so that a flaw breaks the symmetry.
            Colour upper = side < 0 ? scene.Spoiled(palette.Main) : palette.Main;
            scene.Pear(new(side * 0.12, 0.08), 0.1, new(side * 0.44, 0.5), 0.3, palette.Accent);
            scene.Pear(new(side * 0.1, -0.02), 0.1, new(side * 0.58, -0.36), 0.4, rim);
            scene.Pear(new(side * 0.12, -0.03), 0.06, new(side * 0.57, -0.35), 0.31, upper);
            scene.Disc(side * 0.62, -0.38, 0.15, Palette.White);
            scene.Disc(side * 0.47, 0.52, 0.12, palette.Main.Mix(Palette.White, 0.5));
            scene.Stroke(new(side * 0.04, -0.42), new(side * 0.2, -0.82), 0.035, palette.Line);
            scene.Disc(side * 0.2, -0.82, 0.065, palette.Line);
        }

        scene.Stroke(new(0, -0.36), new(0, 0.56), 0.09, palette.Line);
        scene.Disc(0, -0.42, 0.13, palette.Line);
    }

    public override double Disagreement(Sighting sighting) => sighting.MirrorError();
}
