using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class ImageFileTests
{
    [Fact]
    public void The_content_decides_the_format()
    {
        Raster picture = TestPictures.Ramp(16, 12, 3);

        Assert.Equal(ImageFormat.Jpeg, ImageFile.FormatOf(JpegCodec.Encode(picture)));
        Assert.Equal(ImageFormat.Png, ImageFile.FormatOf(PngCodec.Encode(picture)));
        Assert.Null(ImageFile.FormatOf("GIF89a"u8));
    }

    [Fact]
    public void Something_else_is_not_an_image()
    {
        ImageException error = Assert.Throws<ImageException>(() => ImageFile.Decode("hello, I am text"u8));

        Assert.StartsWith("Not an image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_of_a_jpeg_is_found_behind_other_segments()
    {
        byte[] color = JpegCodec.Encode(TestPictures.Ramp(37, 22, 3));
        byte[] gray = JpegCodec.Encode(TestPictures.Ramp(37, 22, 1));

        Assert.Equal(new ImageHeader(37, 22, IsGray: false, HasAlpha: false), ImageHeader.Probe(color));
        Assert.Equal(new ImageHeader(37, 22, IsGray: true, HasAlpha: false), ImageHeader.Probe(gray));
        Assert.Null(ImageHeader.Probe(color.AsSpan(0, 30)));
    }

    [Fact]
    public void The_header_of_a_png_tells_gray_and_alpha()
    {
        byte[] png = HandmadePng.Write(3, 2, 8, HandmadePng.GrayAlpha, new byte[12]);

        Assert.Equal(new ImageHeader(3, 2, IsGray: true, HasAlpha: true), ImageHeader.Probe(png));
    }
}
