using Sagan.Layers;

namespace Sagan.Exploration;

/// <summary>A place in a picture from which is looked.</summary>
/// <param name="X">Pixels from the left.</param>
/// <param name="Y">Pixels from the top.</param>
public readonly record struct QueryPoint(int X, int Y)
{
    /// <summary>The position of a map that this pixel belongs to.</summary>
    /// <param name="map">Of a picture of that size.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public int PositionIn(AttentionMap map, int width, int height) => (Y * map.Height / height * map.Width) + (X * map.Width / width);

    /// <summary>The pixel in the middle of a position.</summary>
    /// <param name="position">Counted row by row.</param>
    /// <param name="columns">Positions in a row.</param>
    /// <param name="rows">Rows of positions.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public static QueryPoint MiddleOf(int position, int columns, int rows, int width, int height) => new(
        ((2 * (position % columns)) + 1) * width / (2 * columns),
        ((2 * (position / columns)) + 1) * height / (2 * rows));
}
