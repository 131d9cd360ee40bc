using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>One line that winds outwards, of either hand. All along it there is line, and between its laps there is none.</summary>
internal sealed class Spiral : ToyClass
{
    private const double Pitch = 0.38, First = 0.3, Last = 2.3, HalfWidth = 0.115;
    private const int Stations = 24;

    public override string Name => "spiral";

    public override double Sway => 0.12;

    public override int Variants => 2;

    public override void Draw(Scene scene)
    {
        if (!scene.Flawed)
        {
            scene.Coil(Pitch, First, Last, HalfWidth, IsClockwise(scene.Variant), scene.Palette.Main);
            return;
        }

        // The flaw: closed rings at the same spacing, which a texture-minded eye takes for a spiral.
        foreach (double turns in (double[])[0.3, 1.3, 2.3])
            scene.Annulus(0, 0, Pitch * turns, HalfWidth, scene.Palette.Main);
    }

    public override double Disagreement(Sighting sighting)
    {
        var line = new List<Point>();
        var gap = new List<Point>();
        int direction = IsClockwise(sighting.Variant) ? 1 : -1;
        for (int i = 0; i <= Stations; i++)
        {
            double turns = First + 0.1 + ((Last - First - 0.2) * i / Stations);
            line.Add(Point.Polar(Pitch * turns, direction * turns));
            if (turns + 0.5 < Last)
                gap.Add(Point.Polar(Pitch * (turns + 0.5), direction * turns));
        }

        return Math.Max(sighting.MeanSpread(line, 0.02), sighting.MeanSpread(gap, 0.02));
    }

    private static bool IsClockwise(int variant) => variant == 0;
}
