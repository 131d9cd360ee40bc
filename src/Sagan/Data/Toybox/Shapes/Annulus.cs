namespace Sagan.Data.Toybox.Shapes;

/// <summary>A circle's line of some thickness.</summary>
/// <param name="centre">Of the circle.</param>
/// <param name="radius">To the middle of the line.</param>
/// <param name="halfWidth">Of the line.</param>
internal sealed class Annulus(Point centre, double radius, double halfWidth) : Shape
{
    public override Box Bounds { get; } = Box.Around([centre], radius + halfWidth);

    public override double Distance(Point point) => Math.Abs((point - centre).Length - radius) - halfWidth;
}
