using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A folded arrow that points up, down, left or right. Head and shaft are of one colour.</summary>
internal sealed class Arrow : ToyClass
{
    private const double Tip = 0.94, Neck = 0.06, Tail = -0.88;
    private const double HeadHalf = 0.76, ShaftHalf = 0.28;

    public override string Name => "arrow";

    public override int Facings => 4;

    public override double Sway => 0.03;

    public override void Draw(Scene scene)
    {
        Colour bright = scene.Palette.Main, dim = bright.Mix(Palette.Ink, 0.2);
        Colour head = scene.Spoiled(bright), dimHead = scene.Spoiled(dim);
        scene.Polygon([new(Tail, -ShaftHalf), new(Neck, -ShaftHalf), new(Neck, ShaftHalf), new(Tail, ShaftHalf)], 0.04, bright);
        scene.Polygon([new(Neck, -HeadHalf), new(Tip, 0), new(Neck, HeadHalf)], 0.04, head);

        // The fold: the lower half lies in shade.
        scene.Polygon([new(Tail, 0), new(Neck, 0), new(Neck, ShaftHalf), new(Tail, ShaftHalf)], 0.04, dim);
        scene.Polygon([new(Neck, 0), new(Tip, 0), new(Neck, HeadHalf)], 0.04, dimHead);
    }

    public override double Disagreement(Sighting sighting)
    {
        double upper = sighting.Spread([new(0.32, -0.22), new(-0.3, -0.14), new(-0.65, -0.14)], 0.06);
        double lower = sighting.Spread([new(0.32, 0.22), new(-0.3, 0.14), new(-0.65, 0.14)], 0.06);
        return Math.Max(upper, lower);
    }
}
