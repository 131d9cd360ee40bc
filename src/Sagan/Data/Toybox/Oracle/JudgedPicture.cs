namespace Sagan.Data.Toybox.Oracle;

/// <summary>A picture that is looked at: pixels only, read between pixels by bilinear interpolation.</summary>
internal sealed class JudgedPicture(Colour[] pixels, int resolution)
{
    public int Resolution { get; } = resolution;

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

    public Colour Pixel(int column, int row) => pixels[(row * Resolution) + column];

    /// <summary>The centre of a pixel, in the picture's coordinates.</summary>
    public Point CentreOf(int column, int row) => new(((2 * column) + 1.0) / Resolution - 1, ((2 * row) + 1.0) / Resolution - 1);

    /// <summary>The colour at a point; beyond the border, the border's.</summary>
    public Colour At(Point point)
    {
        double x = Math.Clamp(((point.X + 1) * Resolution / 2) - 0.5, 0, Resolution - 1);
        double y = Math.Clamp(((point.Y + 1) * Resolution / 2) - 0.5, 0, Resolution - 1);
        int left = Math.Min((int)x, Resolution - 2), top = Math.Min((int)y, Resolution - 2);
        Colour upper = Pixel(left, top).Mix(Pixel(left + 1, top), x - left);
        Colour lower = Pixel(left, top + 1).Mix(Pixel(left + 1, top + 1), x - left);
        return upper.Mix(lower, y - top);
    }

    // NaN counts as black, so that a broken network is judged rather than crashed upon.
    private static double ToUnit(float value) => float.IsNaN(value) ? 0 : Math.Clamp((value + 1.0) / 2, 0, 1);
}
