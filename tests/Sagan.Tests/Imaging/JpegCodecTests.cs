using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class JpegCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_smooth_picture_survives_within_two_levels(int channels)
    {
        Raster original = TestPictures.Ramp(33, 21, channels);

        Raster decoded = JpegCodec.Decode(JpegCodec.Encode(original, quality: 95));

        Assert.InRange(TestPictures.LargestDifference(original, decoded), 0, 2);
    }

    [Fact]
    public void Colours_keep_their_order()
    {
        var red = new Raster(8, 8, 3);
        for (int i = 0; i < red.Pixels.Length; i += 3)
            red.Pixels[i] = 250;

        Raster decoded = JpegCodec.Decode(JpegCodec.Encode(red, quality: 95));

        Assert.InRange(decoded.Pixels[0], 245, 255);
        Assert.InRange(decoded.Pixels[1], 0, 5);
        Assert.InRange(decoded.Pixels[2], 0, 5);
    }

    [Theory]
    [InlineData(16, 25, 16)]
    [InlineData(17, 50, 32)]
    [InlineData(64, 100, 64)]
    [InlineData(65, 200, 128)]
    [InlineData(500, 200, 128)]
    public void Scaled_decoding_shrinks_as_far_as_the_wanted_side_allows(int wanted, int width, int height)
    {
        byte[] jpeg = JpegCodec.Encode(TestPictures.Ramp(200, 128, 3));

        Raster decoded = JpegCodec.Decode(jpeg, wanted);

        Assert.Equal((width, height), (decoded.Width, decoded.Height));
    }

    [Fact]
    public void Scaled_decoding_keeps_a_constant_picture()
    {
        byte[] jpeg = JpegCodec.Encode(TestPictures.Constant(64, 64, 3, 77), quality: 95);

        Raster decoded = JpegCodec.Decode(jpeg, 8);

        Assert.InRange(TestPictures.LargestDifference(TestPictures.Constant(8, 8, 3, 77), decoded), 0, 1);
    }

    [Fact]
    public void Truncated_data_is_an_error_and_not_a_half_gray_picture()
    {
        byte[] jpeg = JpegCodec.Encode(TestPictures.Noise(64, 64, 3, 1));

        ImageException error = Assert.Throws<ImageException>(() => JpegCodec.Decode(jpeg.AsSpan(0, jpeg.Length * 3 / 4)));

        Assert.Contains("Premature end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_a_header_is_an_error() =>
        Assert.Throws<ImageException>(() => JpegCodec.Decode([0xFF, 0xD8, 0xFF, 1, 2, 3, 4, 5]));

    [Fact]
    public void Inks_become_the_colours_they_print()
    {
        // Adobe's inverted inks: 255 is no ink. Cyan full, half black: (0, 128, 128).
        var inks = new Raster(8, 8, 4);
        for (int i = 0; i < inks.Pixels.Length; i += 4)
            new byte[] { 0, 255, 255, 128 }.CopyTo(inks.Pixels, i);

        Raster decoded = JpegCodec.Decode(JpegCodec.EncodeInks(inks, 95));

        Assert.Equal(3, decoded.Channels);
        Assert.InRange(decoded.Pixels[0], 0, 3);
        Assert.InRange(decoded.Pixels[1], 125, 131);
        Assert.InRange(decoded.Pixels[2], 125, 131);
    }

    [Fact]
    public void Transparency_is_refused() =>
        Assert.Throws<ImageException>(() => JpegCodec.Encode(new Raster(4, 4, 4)));
}
