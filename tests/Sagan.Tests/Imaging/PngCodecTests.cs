using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class PngCodecTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 6)]
    [InlineData(3, 0)]
    [InlineData(3, 6)]
    [InlineData(4, 0)]
    [InlineData(4, 9)]
    public void Encoding_and_decoding_returns_the_same_pixels(int channels, int compression)
    {
        Raster original = TestPictures.Noise(37, 19, channels, seed: channels);

        Raster decoded = PngCodec.Decode(PngCodec.Encode(original, compression: compression));

        Assert.Equal(0, TestPictures.LargestDifference(original, decoded));
    }

    [Fact]
    public void Of_sixteen_bits_the_upper_byte_remains()
    {
        byte[] rgb = HandmadePng.Write(1, 1, 16, HandmadePng.Rgb, [0x12, 0x34, 0xAB, 0xFF, 0xFF, 0x00]);
        byte[] gray = HandmadePng.Write(2, 1, 16, HandmadePng.Gray, [0x12, 0x34, 0xFE, 0xDC]);

        Raster color = PngCodec.Decode(rgb);
        Raster single = PngCodec.Decode(gray);

        Assert.Equal((3, "12ABFF"), (color.Channels, Convert.ToHexString(color.Pixels)));
        Assert.Equal((1, "12FE"), (single.Channels, Convert.ToHexString(single.Pixels)));
    }

    [Fact]
    public void A_palette_becomes_colours()
    {
        byte[] png = HandmadePng.Write(2, 1, 8, HandmadePng.Palette, [1, 0], ("PLTE", [1, 2, 3, 4, 5, 6]));

        Raster decoded = PngCodec.Decode(png);

        Assert.Equal((3, "040506010203"), (decoded.Channels, Convert.ToHexString(decoded.Pixels)));
    }

    [Fact]
    public void A_palette_with_transparency_becomes_four_channels()
    {
        byte[] png = HandmadePng.Write(2, 1, 8, HandmadePng.Palette, [0, 1], ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [7]));

        Raster decoded = PngCodec.Decode(png);

        Assert.Equal((4, "01020307040506FF"), (decoded.Channels, Convert.ToHexString(decoded.Pixels)));
    }

    [Fact]
    public void Gray_with_alpha_becomes_equal_colours_with_alpha()
    {
        byte[] png = HandmadePng.Write(1, 1, 8, HandmadePng.GrayAlpha, [90, 33]);

        Raster decoded = PngCodec.Decode(png);

        Assert.Equal((4, "5A5A5A21"), (decoded.Channels, Convert.ToHexString(decoded.Pixels)));
    }

    [Fact]
    public void One_bit_gray_spans_black_to_white()
    {
        byte[] png = HandmadePng.Write(3, 1, 1, HandmadePng.Gray, [0b1010_0000]);

        Raster decoded = PngCodec.Decode(png);

        Assert.Equal("FF00FF", Convert.ToHexString(decoded.Pixels));
    }

    [Fact]
    public void Texts_come_back_whatever_their_alphabet()
    {
        var texts = new Dictionary<string, string>
        {
            ["Software"] = "Sagan 0.1",
            ["prompt"] = "größe=3\nzeile=2",
            ["class"] = "кошка 猫",
        };

        byte[] png = PngCodec.Encode(TestPictures.Noise(5, 4, 1, 0), texts);

        Assert.Equal(texts, PngCodec.ReadTexts(png));
    }

    [Fact]
    public void A_picture_without_texts_has_none() =>
        Assert.Empty(PngCodec.ReadTexts(PngCodec.Encode(new Raster(2, 2, 3))));

    [Fact]
    public void A_text_that_the_format_forbids_is_refused()
    {
        var longKey = new Dictionary<string, string> { [new string('k', 80)] = "v" };
        var noValue = new Dictionary<string, string> { ["key"] = "" };

        Assert.Throws<ImageException>(() => PngCodec.Encode(new Raster(1, 1, 1), longKey));
        Assert.Throws<ImageException>(() => PngCodec.Encode(new Raster(1, 1, 1), noValue));
    }

    [Fact]
    public void Truncated_data_is_an_error()
    {
        byte[] png = PngCodec.Encode(TestPictures.Noise(64, 64, 3, 2));

        Assert.Throws<ImageException>(() => PngCodec.Decode(png.AsSpan(0, png.Length / 2)));
    }

    [Fact]
    public void A_flipped_bit_is_an_error()
    {
        byte[] png = PngCodec.Encode(TestPictures.Noise(64, 64, 3, 2));
        png[png.Length / 2] ^= 1;

        Assert.Throws<ImageException>(() => PngCodec.Decode(png));
    }

    [Fact]
    public void An_absurd_size_in_the_header_is_an_error_and_no_allocation()
    {
        byte[] png = HandmadePng.Write(2_000_000_000, 1_000_000_000, 8, HandmadePng.Rgb, []);

        Assert.Throws<ImageException>(() => PngCodec.Decode(png));
    }
}
