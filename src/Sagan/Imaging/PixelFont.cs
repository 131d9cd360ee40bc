namespace Sagan.Imaging;

/// <summary>A built-in font of 5 by 7 pixels for printable ASCII; anything else is drawn as a question mark.</summary>
internal static class PixelFont
{
    public const int GlyphWidth = 5;
    public const int GlyphHeight = 7;

    /// <summary>From one character to the next, in pixels.</summary>
    public const int Advance = GlyphWidth + 1;

    // Seven digits a glyph, one for each row from the top; a digit is base 32 (0-9, A-V), its highest bit the leftmost pixel.
    private const string Glyphs =
        "0000000" + "4444404" + "AAA0000" + "AAVAVAA" + "4FKE5U4" + "OP248J3" + "CIK8LID" + "4480000" + // space ! " # $ % & '
        "2488842" + "8422248" + "04LEL40" + "044V440" + "0000C48" + "000V000" + "00000CC" + "01248G0" + // ( ) * + , - . /
        "EHJLPHE" + "4C4444E" + "EH1248V" + "V2421HE" + "26AIV22" + "VGU11HE" + "68GUHHE" + "V124888" + // 0 to 7
        "EHHEHHE" + "EHHF12C" + "0CC0CC0" + "0CC0C48" + "248G842" + "00V0V00" + "8421248" + "EH12404" + // 8 9 : ; < = > ?
        "EH1DLLE" + "EHHVHHH" + "UHHUHHU" + "EHGGGHE" + "SIHHHIS" + "VGGUGGV" + "VGGUGGG" + "EHGNHHF" + // @ A to G
        "HHHVHHH" + "E44444E" + "72222IC" + "HIKOKIH" + "GGGGGGV" + "HRLLHHH" + "HHPLJHH" + "EHHHHHE" + // H to O
        "UHHUGGG" + "EHHHLID" + "UHHUKIH" + "FGGE11U" + "V444444" + "HHHHHHE" + "HHHHHA4" + "HHHLLLA" + // P to W
        "HHA4AHH" + "HHHA444" + "V1248GV" + "E88888E" + "0G84210" + "E22222E" + "4AH0000" + "000000V" + // X Y Z [ \ ] ^ _
        "8420000" + "00E1FHF" + "GGMPHHU" + "00EGGHE" + "11DJHHF" + "00EHVGE" + "698S888" + "0FHHF1E" + // ` a to g
        "GGMPHHH" + "40C444E" + "20622IC" + "GGIKOKI" + "C44444E" + "00QLLHH" + "00MPHHH" + "00EHHHE" + // h to o
        "00UHUGG" + "00DJF11" + "00MPGGG" + "00EGE1U" + "88S8896" + "00HHHJD" + "00HHHA4" + "00HHLLA" + // p to w
        "00HA4AH" + "00HHF1E" + "00V248V" + "2448442" + "4444444" + "8442448" + "008L200";               // x y z { | } ~

    /// <summary>Pixels that a text takes in a row.</summary>
    public static int WidthOf(string text) => Math.Max(0, (text.Length * Advance) - 1);

    /// <summary>Draws a text with its upper left corner at a point; what lies outside the picture is left out.</summary>
    public static void Draw(Raster target, int left, int top, string text, byte brightness)
    {
        for (int i = 0; i < text.Length; i++)
            DrawGlyph(target, left + (i * Advance), top, text[i], brightness);
    }

    private static void DrawGlyph(Raster target, int left, int top, char character, byte brightness)
    {
        int glyph = (character is >= ' ' and <= '~' ? character : '?') - ' ';
        for (int y = 0; y < GlyphHeight; y++)
        {
            int bits = Digit(Glyphs[(glyph * GlyphHeight) + y]);
            for (int x = 0; x < GlyphWidth; x++)
            {
                if ((bits >> (GlyphWidth - 1 - x) & 1) == 1)
                    SetPixel(target, left + x, top + y, brightness);
            }
        }
    }

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'A' + 10;

    private static void SetPixel(Raster target, int x, int y, byte brightness)
    {
        if (x < 0 || y < 0 || x >= target.Width || y >= target.Height)
            return;

        Span<byte> pixel = target.Row(y).Slice(x * target.Channels, target.Channels);
        pixel.Fill(brightness);
        if (target.Channels == 4)
            pixel[3] = 255;
    }
}
