using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sagan.Imaging;

/// <summary>A colour, written <c>#rrggbb</c> in text and JSON.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
[JsonConverter(typeof(JsonForm))]
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>#000000</summary>
    public static Rgb Black { get; } = new(0, 0, 0);

    /// <summary>#ffffff</summary>
    public static Rgb White { get; } = new(255, 255, 255);

    /// <summary>Reads <c>#rrggbb</c>, <c>white</c> or <c>black</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Rgb Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "white")
            return White;
        if (text == "black")
            return Black;

        if (text.Length == 7 && text[0] == '#'
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
            return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        throw new FormatException($"'{text}' is not a colour; write #rrggbb, white or black.");
    }

    /// <summary><c>#rrggbb</c></summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private sealed class JsonForm : JsonConverter<Rgb>
    {
        public override Rgb Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "null");
            }
            catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
            {
                throw new JsonException(wrong.Message, wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, Rgb value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
