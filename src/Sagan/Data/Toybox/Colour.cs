namespace Sagan.Data.Toybox;

/// <summary>An sRGB colour with channels in [0, 1]. All mixing happens on these encoded values, as flat icons do.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>From 0xRRGGBB.</summary>
    public static Colour FromHex(int rgb) => new((rgb >> 16) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);

    /// <summary>Weighted brightness in [0, 1] (the Rec. 601 weights, which are made for encoded values).</summary>
    public double Luma => (0.299 * Red) + (0.587 * Green) + (0.114 * Blue);

    /// <summary>This colour at share 0, the other at share 1.</summary>
    public Colour Mix(Colour other, double share) => (this * (1 - share)) + (other * share);

    /// <summary>Root mean square difference of the channels, in [0, 1].</summary>
    public double DistanceTo(Colour other)
    {
        double red = Red - other.Red, green = Green - other.Green, blue = Blue - other.Blue;
        return Math.Sqrt(((red * red) + (green * green) + (blue * blue)) / 3);
    }

    public static Colour operator +(Colour a, Colour b) => new(a.Red + b.Red, a.Green + b.Green, a.Blue + b.Blue);

    public static Colour operator -(Colour a, Colour b) => new(a.Red - b.Red, a.Green - b.Green, a.Blue - b.Blue);

    public static Colour operator *(Colour a, double factor) => new(a.Red * factor, a.Green * factor, a.Blue * factor);
}
