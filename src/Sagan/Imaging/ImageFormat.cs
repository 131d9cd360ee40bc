namespace Sagan.Imaging;

/// <summary>The picture formats that can be read.</summary>
public enum ImageFormat
{
    /// <summary>ITU T.81, through libjpeg-turbo.</summary>
    Jpeg,

    /// <summary>ISO 15948, through libspng.</summary>
    Png,
}
