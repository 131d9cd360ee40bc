namespace Sagan.Imaging;

/// <summary>How source pixels are weighed when a picture shrinks. Enlarging is bilinear with either.</summary>
public enum ResizeFilter
{
    /// <summary>
    /// A triangle as wide as two target pixels; what Pillow and torchvision call antialiased BILINEAR.
    /// </summary>
    Triangle,

    /// <summary>Each source pixel counts with the area that it shares with the target pixel; keeps the mean exactly.</summary>
    Area,
}
