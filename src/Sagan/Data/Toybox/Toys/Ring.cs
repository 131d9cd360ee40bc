using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A ring with a bright line along its middle. It closes, in one colour all the way round.</summary>
internal sealed class Ring : ToyClass
{
    private const double Radius = 0.73, HalfWidth = 0.27;
    private const int Stations = 24;

    public override string Name => "ring";

    public override double Sway => 0;

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        scene.Annulus(0, 0, Radius, HalfWidth, palette.Main);
        scene.Annulus(0, 0, Radius, 0.09, palette.Main.Mix(Palette.White, 0.55));
        if (scene.Flawed)
            scene.Arc(0, 0, Radius, scene.Whim, 0.1, HalfWidth, scene.Spoiled(palette.Main));
    }

    public override double Disagreement(Sighting sighting)
    {
        var stations = new Point[Stations];
        for (int i = 0; i < Stations; i++)
            stations[i] = Point.Polar(Radius, (double)i / Stations);

        return sighting.Spread(stations, 0.12);
    }
}
