namespace Sagan.Plots;

/// <summary>Where a name stands, in pixels.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Width">Room that it takes.</param>
internal readonly record struct LabelPlace(double X, double Y, double Width)
{
    /// <summary>Room that a name takes from above to below.</summary>
    internal const double Height = 15;

    /// <summary>The point of its box that is nearest to another point.</summary>
    internal (double X, double Y) NearestTo(double x, double y) =>
        (Math.Clamp(x, X - (Width / 2), X + (Width / 2)), Math.Clamp(y, Y - (Height / 2), Y + (Height / 2)));

    /// <summary>Whether it lies on a square around a point.</summary>
    internal bool Covers((double X, double Y) point, double reach) =>
        Math.Abs(point.X - X) < (Width / 2) + reach && Math.Abs(point.Y - Y) < (Height / 2) + reach;

    /// <summary>Whether it lies on another name.</summary>
    internal bool Covers(LabelPlace other) => Math.Abs(other.X - X) < (other.Width + Width) / 2 && Math.Abs(other.Y - Y) < Height;
}
