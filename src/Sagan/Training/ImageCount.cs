using System.Globalization;

namespace Sagan.Training;

/// <summary>Numbers of images as people write them: 20000, 200k, 1.5m.</summary>
public static class ImageCount
{
    /// <summary>Reads a number with an optional k or m; false where it is no whole number of images.</summary>
    public static bool TryParse(string text, out long images)
    {
        decimal unit = text.Length == 0 ? 1 : char.ToLowerInvariant(text[^1]) switch { 'k' => 1_000, 'm' => 1_000_000, _ => 1 };
        string digits = unit > 1 ? text[..^1] : text;

        // Decimal: 1.001m is 1001000, which binary fractions miss by one.
        bool read = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number <= long.MaxValue / unit
            && decimal.IsInteger(number * unit);
        images = read ? (long)(number * unit) : 0;
        return read;
    }

    /// <summary>Writes a number for people: 850, 12.8k, 1.5m.</summary>
    public static string Print(long images) => images switch
    {
        < 1000 => images.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{images / 1e3:0.#}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{images / 1e6:0.##}m"),
    };
}
