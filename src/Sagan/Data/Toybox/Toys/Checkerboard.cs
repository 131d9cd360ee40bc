using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox.Toys;

/// <summary>A board of four by four cells in two colours that alternate everywhere.</summary>
internal sealed class Checkerboard : ToyClass
{
    private const int Cells = 4;
    private const double Half = 0.78, Frame = 0.08, Cell = 2 * Half / Cells;

    public override string Name => "checkerboard";

    public override void Draw(Scene scene)
    {
        Palette palette = scene.Palette;
        Square(scene, 0, 0, Half, Frame, palette.Main);
        Colour light = palette.Main.Mix(Palette.White, 0.8);
        for (int i = 0; i < Cells * Cells; i++)
        {
            // The flaw shifts the pattern by one cell in the lower right quarter.
            int row = i / Cells, column = i % Cells;
            bool shifted = scene.Flawed && row >= Cells / 2 && column >= Cells / 2;
            if (IsDark(row, column) == shifted)
                Square(scene, CentreOf(column), CentreOf(row), Cell / 2, 0, light);
        }
    }

    public override double Disagreement(Sighting sighting)
    {
        var dark = new List<Point>();
        var light = new List<Point>();
        for (int i = 0; i < Cells * Cells; i++)
        {
            List<Point> kind = IsDark(i / Cells, i % Cells) ? dark : light;
            kind.Add(new Point(CentreOf(i % Cells), CentreOf(i / Cells)));
        }

        return Math.Max(sighting.Spread(dark, 0.08), sighting.Spread(light, 0.08));
    }

    private static bool IsDark(int row, int column) => (row + column) % 2 == 0;

    private static double CentreOf(int index) => ((index + 0.5) * Cell) - Half;

    private static void Square(Scene scene, double x, double y, double half, double rounding, Colour colour) =>
        scene.Polygon([new(x - half, y - half), new(x + half, y - half), new(x + half, y + half), new(x - half, y + half)], rounding, colour);
}
