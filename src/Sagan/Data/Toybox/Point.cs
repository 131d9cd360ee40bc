namespace Sagan.Data.Toybox;

/// <summary>A place in the picture (both axes run from -1 to 1, y downwards) or in a toy's own frame.</summary>
internal readonly record struct Point(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(Point a, double factor) => new(a.X * factor, a.Y * factor);

    /// <summary>The point at a distance from the origin, in a direction given in turns (0 is right, 0.25 is down).</summary>
    public static Point Polar(double radius, double turns) => new(radius * Turn.Cosine(turns), radius * Turn.Sine(turns));

    public double Dot(Point other) => (X * other.X) + (Y * other.Y);

    public double Cross(Point other) => (X * other.Y) - (Y * other.X);
}
