using System.Globalization;

namespace Sagan.Training;

/// <summary>Numbers of images as people write them: 20000, 200k, 1.5m.</summary>
public static class ImageCount
{
    /// <summary>Reads a number with an optional k or m.</summary>
    public static bool TryParse(string text, out long images)
    {
        double unit = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 1e3, 'm' => 1e6, _ => 1 };
        string digits = unit > 1 ? text[..^1] : text;
        bool read = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        images = read && number * unit < long.MaxValue ? (long)(number * unit) : 0;
        return read && number * unit < long.MaxValue && (images > 0 || number == 0);
    }

    /// <summary>Writes a number for people: 850, 12.8k, 1.50m.</summary>
    public static string Print(long images) => images switch
    {
        < 1000 => images.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{images / 1e3:0.#}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{images / 1e6:0.##}m"),
    };
}
