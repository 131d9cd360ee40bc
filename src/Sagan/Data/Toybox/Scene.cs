using Sagan.Data.Toybox.Shapes;

namespace Sagan.Data.Toybox;

/// <summary>
/// One picture before it has pixels: its ground truth (pose, palette, variant, flaw) and the layers that a toy
/// paints, back to front. The toy speaks in its own frame; the scene places everything by the pose.
/// </summary>
internal sealed class Scene(Pose pose, Palette palette)
{
    private readonly List<Layer> _layers = [];

    public Pose Pose { get; } = pose;

    public Palette Palette { get; } = palette;

    /// <summary>Which of the toy's variants, from 0.</summary>
    public int Variant { get; init; }

    /// <summary>A free number in [0, 1) for whatever else the toy varies.</summary>
    public double Whim { get; init; }

    /// <summary>True when the toy's structure is broken on purpose, to calibrate the oracle.</summary>
    public bool Flawed { get; init; }

    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The colour for a part that a flaw spoils: as given, or something quite different.</summary>
    public Colour Spoiled(Colour colour) => Flawed ? Palette.Unlike(colour) : colour;

    public void Disc(double x, double y, double radius, Colour colour) =>
        Add(new Disc(Place(x, y), radius * Pose.Size), colour);

    public void Annulus(double x, double y, double radius, double halfWidth, Colour colour) =>
        Add(new Annulus(Place(x, y), radius * Pose.Size, halfWidth * Pose.Size), colour);

    public void Pear(Point start, double startRadius, Point end, double endRadius, Colour colour) =>
        Add(new Pear(Pose.Place(start), startRadius * Pose.Size, Pose.Place(end), endRadius * Pose.Size), colour);

    /// <summary>A line with round ends.</summary>
    public void Stroke(Point start, Point end, double halfWidth, Colour colour) =>
        Pear(start, halfWidth, end, halfWidth, colour);

    public void Polygon(ReadOnlySpan<Point> corners, double rounding, Colour colour)
    {
        var placed = new Point[corners.Length];
        for (int i = 0; i < placed.Length; i++)
            placed[i] = Pose.Place(corners[i]);
        Add(new Polygon(placed, rounding * Pose.Size), colour);
    }

    public void Arc(double x, double y, double radius, double middle, double spread, double halfWidth, Colour colour) =>
        Add(new Arc(Place(x, y), radius * Pose.Size, middle + Pose.Tilt, spread, halfWidth * Pose.Size), colour);

    public void Coil(double pitch, double first, double last, double halfWidth, bool clockwise, Colour colour) =>
        Add(new Coil(Pose.Centre, pitch * Pose.Size, Pose.Tilt, first, last, halfWidth * Pose.Size, clockwise), colour);

    private Point Place(double x, double y) => Pose.Place(new Point(x, y));

    private void Add(Shape shape, Colour colour) => _layers.Add(new Layer(shape, colour));
}
