namespace Sagan.Data.Toybox.Oracle;

/// <summary>A picture that is looked at: pixels only, read between pixels by bilinear interpolation.</summary>
internal sealed class JudgedPicture
{
    private readonly Colour[] _pixels;

    private JudgedPicture(Colour[] pixels, int resolution)
    {
        _pixels = pixels;
        Resolution = resolution;
    }

    public int Resolution { get; }

    public static JudgedPicture FromBytes(ReadOnlySpan<byte> chw, int resolution)
    {
        int plane = resolution * resolution;
        var pixels = new Colour[plane];
        for (int i = 0; i < plane; i++)
            pixels[i] = new Colour(chw[i], chw[plane + i], chw[(2 * plane) + i]) * (1 / 255.0);
        return new JudgedPicture(pixels, resolution);
    }

    /// <param name="chw">Planar values in [-1, 1], as networks emit them; beyond is clamped.</param>
    /// <param name="resolution">Pixels along each side.</param>
    public static JudgedPicture FromFloats(ReadOnlySpan<float> chw, int resolution)
    {
        int plane = resolution * resolution;
        var pixels = new Colour[plane];
        for (int i = 0; i < plane; i++)
            pixels[i] = new Colour(ToUnit(chw[i]), ToUnit(chw[plane + i]), ToUnit(chw[(2 * plane) + i]));
        return new JudgedPicture(pixels, resolution);
    }

    public Colour Pixel(int column, int row) => _pixels[(row * Resolution) + column];

    /// <summary>The centre of a pixel, in the picture's coordinates.</summary>
    public Point CentreOf(int column, int row) => new(((2 * column) + 1.0) / Resolution - 1, ((2 * row) + 1.0) / Resolution - 1);

    /// <summary>The colour at a point; beyond the border, the border's.</summary>
    public Colour At(Point point)
    {
        Cell cell = new(point, Resolution);
        int below = cell.Index + Resolution;
        Colour upper = _pixels[cell.Index].Mix(_pixels[cell.Index + 1], cell.Across);
        Colour lower = _pixels[below].Mix(_pixels[below + 1], cell.Across);
        return upper.Mix(lower, cell.Down);
    }

    // NaN counts as black, so that a broken network is judged rather than crashed upon.
    private static double ToUnit(float value) => float.IsNaN(value) ? 0 : Math.Clamp((value + 1.0) / 2, 0, 1);
}
