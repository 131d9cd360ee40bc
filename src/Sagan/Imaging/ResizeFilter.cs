namespace Sagan.Imaging;

/// <summary>How source pixels are weighed when a picture shrinks. Enlarging is bilinear with the first two.</summary>
public enum ResizeFilter
{
    /// <summary>
    /// A triangle as wide as two target pixels; what Pillow and torchvision call antialiased BILINEAR.
    /// </summary>
    Triangle,

    /// <summary>Each source pixel counts with the area that it shares with the target pixel; keeps the mean exactly.</summary>
    Area,

    /// <summary>
    /// A cubic curve (a = -0.5) as wide as four target pixels, sharper and with overshoots; what Pillow calls BICUBIC.
    /// </summary>
    Cubic,
}
