using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>One line that winds outwards, of either hand. Between its laps runs a gap as long as itself.</summary>
internal sealed class Spiral : ToyClass
{
    private const double Pitch = 0.38, First = 0.3, Last = First + 2, HalfWidth = 0.115;
    private const int Stations = 24;

    /// <summary>A mean colour step between line and gap below this is no line.</summary>
    private const double LeastStep = 0.05;

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
        for (int lap = 0; lap <= Last - First; lap++)
            scene.Annulus(0, 0, Pitch * (First + lap), HalfWidth, scene.Palette.Main);
    }

    public override double Disagreement(Sighting sighting)
    {
        // From gap to line the colour steps the same way everywhere on a spiral. On closed rings, a path that
        // winds outwards drifts from line to gap, so the steps turn round and cancel.
        int direction = IsClockwise(sighting.Silhouette.Variant) ? 1 : -1;
        Colour sum = default;
        double lengths = 0;
        for (int i = 0; i < Stations; i++)
        {
            double turns = First + 0.1 + ((Last - First - 0.7) * i / (Stations - 1));
            Colour line = sighting.At(Point.Polar(Pitch * turns, direction * turns));
            Colour gap = sighting.At(Point.Polar(Pitch * (turns + 0.5), direction * turns));
            sum += line - gap;
            lengths += line.DistanceTo(gap);
        }

        if (lengths < LeastStep * Stations)
            return 1;

        double coherence = sum.DistanceTo(default) / lengths;
        return (1 - (coherence * coherence)) / 2;
    }

    private static bool IsClockwise(int variant) => variant == 0;
}
