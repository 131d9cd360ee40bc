using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Data;

public sealed class PictureTransformTests
{
    [Fact]
    public void A_picture_that_fits_is_left_alone()
    {
        Raster picture = TestPictures.Noise(8, 8, 3, seed: 1);

        Assert.Same(picture, new PictureTransform(3, 8).Apply(picture));
    }

    [Fact]
    public void Gray_spreads_to_three_channels_and_back()
    {
        Raster gray = TestPictures.Noise(8, 8, 1, seed: 2);

        Raster color = new PictureTransform(3, 8).Apply(gray);
        Raster back = new PictureTransform(1, 8).Apply(color);

        Assert.Equal(3, color.Channels);
        Assert.Equal(0, TestPictures.LargestDifference(gray, back));
    }

    [Fact]
    public void Colours_become_gray_with_the_weights_of_bt601()
    {
        var colors = new Raster(3, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255]);

        Raster red = new PictureTransform(1, 1).Apply(new Raster(1, 1, 3, colors.Pixels[..3]));
        Raster green = new PictureTransform(1, 1).Apply(new Raster(1, 1, 3, colors.Pixels[3..6]));
        Raster blue = new PictureTransform(1, 1).Apply(new Raster(1, 1, 3, colors.Pixels[6..]));

        Assert.Equal((76, 150, 29), (red.Pixels[0], green.Pixels[0], blue.Pixels[0]));
    }

    [Fact]
    public void Transparency_is_ignored_or_shows_a_colour()
    {
        var picture = new Raster(1, 1, 4, [200, 100, 0, 51]);

        Raster ignored = new PictureTransform(3, 1).Apply(picture);
        Raster onWhite = new PictureTransform(3, 1, Rgb.White).Apply(picture);

        Assert.Equal([200, 100, 0], ignored.Pixels);
        // 51 / 255 = 1/5 of the picture, 4/5 of white.
        Assert.Equal([244, 224, 204], onWhite.Pixels);
    }

    [Fact]
    public void The_long_side_is_cut_before_resizing()
    {
        var wide = new Raster(4, 2, 1, [255, 10, 10, 255, 255, 10, 10, 255]);

        Raster result = new PictureTransform(1, 1).Apply(wide);

        Assert.Equal([10], result.Pixels);
    }

    [Theory]
    [InlineData(28, 32)]
    [InlineData(32, 32)]
    [InlineData(63, 32)]
    [InlineData(64, 64)]
    [InlineData(200, 128)]
    [InlineData(1000, 256)]
    public void The_resolution_is_the_power_of_two_not_above_the_common_short_side(int side, int expected)
    {
        var common = new ImageHeader(side + 5, side, false, false);
        var rare = new ImageHeader(2000, 2000, false, false);

        PictureTransform transform = TransformChoice.For(new PicturesConfig { Path = "x" }, [rare, common, null, common]);

        Assert.Equal(expected, transform.Resolution);
    }

    [Fact]
    public void Channels_follow_the_pictures_unless_chosen()
    {
        var gray = new ImageHeader(32, 32, true, false);
        var color = new ImageHeader(32, 32, false, false);
        var config = new PicturesConfig { Path = "x" };

        Assert.Equal(1, TransformChoice.For(config, [gray, gray]).Channels);
        Assert.Equal(3, TransformChoice.For(config, [gray, color]).Channels);
        Assert.Equal(3, TransformChoice.For(config with { Channels = 3 }, [gray]).Channels);
        Assert.Throws<DataException>(() => TransformChoice.For(config with { Channels = 4 }, [gray]));
    }
}
