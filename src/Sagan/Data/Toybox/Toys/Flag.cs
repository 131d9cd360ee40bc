using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A waving flag on its pole, of three bands that lie or stand. The outer two are alike.</summary>
internal sealed class Flag : ToyClass
{
    private const double Left = -0.74, Right = 0.92, Top = -0.86, Height = 1.16;
    private const double Wave = 0.05;
    private const int Steps = 8;

    /// <summary>Below this, no bands are to be seen.</summary>
    private const double LeastContrast = 0.1;

    public override string Name => "flag";

    public override double Sway => 0.02;

    public override int Variants => 2;

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Colour middle = palette.Main.Mix(Palette.White, 0.82);
        scene.Stroke(new(Left, -0.92), new(Left, 0.96), 0.07, palette.Line.Mix(palette.Accent, 0.4));

        // The outer band's colour goes under the whole cloth, so that no backdrop shines through a seam.
        Band(scene, 0, 1, palette.Main);
        Band(scene, 1 / 3.0, 2 / 3.0, middle);
        if (scene.Flawed)
            Band(scene, 2 / 3.0, 1, scene.Spoiled(palette.Main));
    }

    public override double Disagreement(Sighting sighting)
    {
        Colour[] first = BandsOf(sighting, standing: false), second = BandsOf(sighting, standing: true);

        // Bands run along the direction in which the cloth changes less: the other reading has three alike.
        Colour[] bands = Contrast(first) >= Contrast(second) ? first : second;
        return Contrast(bands) < LeastContrast ? 1 : bands[0].DistanceTo(bands[2]);
    }

    private static void Band(Scene scene, double from, double to, Colour colour)
    {
        bool standing = scene.Variant == 1;
        double left = standing ? from : 0, right = standing ? to : 1;
        double top = standing ? 0 : from, bottom = standing ? 1 : to;

        var corners = new Point[2 * (Steps + 1)];
        for (int i = 0; i <= Steps; i++)
        {
            double along = left + ((right - left) * i / Steps);
            corners[i] = OnCloth(along, top, scene.Whim);
            corners[^(i + 1)] = OnCloth(along, bottom, scene.Whim);
        }

        scene.Polygon(corners, 0, colour);
    }

    // Still at the pole, swinging freely at the other end.
    private static Point OnCloth(double along, double down, double phase) => new(
        Left + ((Right - Left) * along),
        Top + (Height * down) + (Wave * along * Turn.Sine(along + phase)));

    private static Colour[] BandsOf(Sighting sighting, bool standing)
    {
        var bands = new Colour[3];
        for (int i = 0; i < 9; i++)
        {
            double across = ((i / 3) + 0.5) / 3, along = ((i % 3) + 0.5) / 3;
            Point place = standing ? OnCloth(across, along, 0) : OnCloth(along, across, 0);
            bands[i / 3] += sighting.Mean(place, 0.06) * (1 / 3.0);
        }

        return bands;
    }

    private static double Contrast(Colour[] bands) => bands[0].DistanceTo(bands[1]) + bands[1].DistanceTo(bands[2]);
}
