namespace Sagan.Data.Toybox.Shapes;

/// <summary>A filled circle.</summary>
internal sealed class Disc(Point centre, double radius) : Shape
{
    public override Box Bounds { get; } = Box.Around([centre], radius);

    public override double Distance(Point point) => (point - centre).Length - radius;
}
