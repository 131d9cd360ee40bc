using Sagan.Data.Toybox.Shapes;

namespace Sagan.Data.Toybox;

/// <summary>
/// Turns a scene into pixels, row by row. Layers are blended on encoded sRGB values; edges are anti-aliased by
/// signed distances at the four quarters of each pixel that an edge may cross.
/// </summary>
internal static class Canvas
{
    /// <summary>Half a pixel's diagonal, in pixels, rounded up: an edge farther from the centre misses the pixel.</summary>
    private const double HalfDiagonal = 0.7072;

    /// <param name="scene">What to draw.</param>
    /// <param name="resolution">Pixels along each side.</param>
    /// <param name="chw">Receives planar bytes [3, resolution, resolution].</param>
    public static void Render(Scene scene, int resolution, Span<byte> chw)
    {
        double pixel = 2.0 / resolution;
        Span<Colour> row = stackalloc Colour[resolution];
        for (int line = 0; line < resolution; line++)
        {
            double y = ((line + 0.5) * pixel) - 1;
            FillBackdrop(scene.Palette, y, pixel, row);
            foreach (Layer layer in scene.Layers)
                Paint(layer, y, pixel, row);

            Store(row, line, chw);
        }
    }

    private static void FillBackdrop(Palette palette, double y, double pixel, Span<Colour> row)
    {
        // Scaled so that the two colours sit at the picture's corners, whatever the direction.
        Point direction = Point.Polar(1, palette.Direction);
        double scale = 0.5 / (Math.Abs(direction.X) + Math.Abs(direction.Y));
        for (int column = 0; column < row.Length; column++)
        {
            Point point = new(((column + 0.5) * pixel) - 1, y);
            row[column] = palette.Near.Mix(palette.Far, 0.5 + (scale * point.Dot(direction)));
        }
    }

    // A signed distance says how far the edge is, so whole runs of pixels are skipped or filled at once.
    private static void Paint(Layer layer, double y, double pixel, Span<Colour> row)
    {
        Box bounds = layer.Shape.Bounds;
        double reach = HalfDiagonal * pixel;
        if (y < bounds.Top - reach || y > bounds.Bottom + reach)
            return;

        int column = Math.Max(0, (int)((bounds.Left + 1) / pixel) - 1);
        int end = Math.Min(row.Length, (int)((bounds.Right + 1) / pixel) + 2);
        while (column < end)
        {
            Point point = new(((column + 0.5) * pixel) - 1, y);
            double distance = layer.Shape.Distance(point);
            double spare = Math.Abs(distance) - reach;
            if (spare < 0)
            {
                row[column] = row[column].Mix(layer.Colour, Coverage(layer.Shape, point, pixel));
                column++;
                continue;
            }

            int run = Math.Min(1 + (int)(spare / pixel), end - column);
            if (distance < 0)
                row.Slice(column, run).Fill(layer.Colour);
            column += run;
        }
    }

    // The share of the pixel inside the shape: the mean of its quarters, each with a linear ramp at the edge.
    // One ramp over the whole pixel would be as smooth on straight edges, but would swell sharp corners.
    private static double Coverage(Shape shape, Point point, double pixel)
    {
        double step = pixel / 4;
        return (Ramp(shape, new Point(point.X - step, point.Y - step), pixel / 2)
            + Ramp(shape, new Point(point.X + step, point.Y - step), pixel / 2)
            + Ramp(shape, new Point(point.X - step, point.Y + step), pixel / 2)
            + Ramp(shape, new Point(point.X + step, point.Y + step), pixel / 2)) / 4;
    }

    private static double Ramp(Shape shape, Point point, double width) =>
        Math.Clamp(0.5 - (shape.Distance(point) / width), 0, 1);

    private static void Store(ReadOnlySpan<Colour> row, int line, Span<byte> chw)
    {
        int plane = row.Length * row.Length;
        for (int column = 0; column < row.Length; column++)
        {
            int place = (line * row.Length) + column;
            chw[place] = ToByte(row[column].Red);
            chw[plane + place] = ToByte(row[column].Green);
            chw[(2 * plane) + place] = ToByte(row[column].Blue);
        }
    }

    private static byte ToByte(double channel) => (byte)((Math.Clamp(channel, 0, 1) * 255) + 0.5);
}
