using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class ResamplingTests
{
    [Theory]
    [InlineData(ResizeFilter.Triangle, 5, 3)]
    [InlineData(ResizeFilter.Area, 5, 3)]
    [InlineData(ResizeFilter.Triangle, 90, 71)]
    [InlineData(ResizeFilter.Area, 90, 71)]
    [InlineData(ResizeFilter.Cubic, 5, 3)]
    [InlineData(ResizeFilter.Cubic, 90, 71)]
    public void A_constant_picture_stays_constant(ResizeFilter filter, int width, int height)
    {
        Raster resized = Resampling.Resize(TestPictures.Constant(23, 17, 3, 201), width, height, filter);

        Assert.Equal(0, TestPictures.LargestDifference(TestPictures.Constant(width, height, 3, 201), resized));
    }

    /// <summary>Keys's curve at 1/4, 3/4, 5/4 and 7/4 of a pixel: 0.867, 0.227, -0.070 and -0.023; bytes cannot go below 0.</summary>
    [Fact]
    public void A_single_bright_pixel_is_enlarged_along_the_cubic_curve()
    {
        var source = new Raster(7, 1, 1, [100, 100, 100, 200, 100, 100, 100]);

        Raster resized = Resampling.Resize(source, 14, 1, ResizeFilter.Cubic);

        Assert.Equal([100, 98, 93, 123, 187, 187, 123, 93, 98, 100], resized.Pixels[2..12]);
    }

    [Fact]
    public void Halving_by_area_takes_the_mean_of_four()
    {
        Raster source = TestPictures.Noise(12, 8, 3, seed: 3);

        Raster half = Resampling.Resize(source, 6, 4, ResizeFilter.Area);

        for (int y = 0; y < 4; y++)
        {
            for (int i = 0; i < 18; i++)
            {
                int left = (i / 3 * 6) + (i % 3);
                int sum = source.Row(2 * y)[left] + source.Row(2 * y)[left + 3] + source.Row((2 * y) + 1)[left] + source.Row((2 * y) + 1)[left + 3];
                Assert.Equal((sum + 2) / 4, half.Row(y)[i]);
            }
        }
    }

    [Fact]
    public void Area_splits_a_pixel_that_lies_on_a_border()
    {
        var source = new Raster(3, 1, 1, [0, 90, 240]);

        Raster resized = Resampling.Resize(source, 2, 1, ResizeFilter.Area);

        // (0 + 90/2) / 1.5 and (90/2 + 240) / 1.5
        Assert.Equal([30, 190], resized.Pixels);
    }

    [Fact]
    public void Area_keeps_the_mean_at_any_ratio()
    {
        Raster source = TestPictures.Noise(101, 67, 1, seed: 4);

        Raster resized = Resampling.Resize(source, 50, 31, ResizeFilter.Area);

        // Rounding errors of 1,550 pixels average out to less than 0.03 levels.
        Assert.Equal(source.Pixels.Average(b => b), resized.Pixels.Average(b => b), 0.03);
    }

    [Fact]
    public void Halving_by_triangle_weighs_one_three_three_one()
    {
        var source = new Raster(8, 1, 1, [0, 0, 0, 160, 0, 0, 0, 0]);

        Raster half = Resampling.Resize(source, 4, 1, ResizeFilter.Triangle);

        // Weights 1 3 3 1 over 8 sum to the ratio's support; pixel 3 counts 3/8 for target 1 and 1/8 for target 2.
        Assert.Equal([0, 60, 20, 0], half.Pixels);
    }

    [Fact]
    public void Enlarging_is_bilinear_between_pixel_centres()
    {
        var source = new Raster(2, 1, 1, [0, 200]);

        Raster doubled = Resampling.Resize(source, 4, 1);

        Assert.Equal([0, 50, 150, 200], doubled.Pixels);
    }

    [Fact]
    public void The_crop_takes_the_middle_of_the_long_side()
    {
        var wide = new Raster(5, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var tall = new Raster(1, 4, 1, [1, 2, 3, 4]);

        Assert.Equal([2, 3, 7, 8], Resampling.CropSquare(wide).Pixels);
        Assert.Equal([2], Resampling.CropSquare(tall).Pixels);
    }

    /// <summary>Every byte, for caches of decoded pictures are told apart by their pixels; sums a last bit apart would show in a few.</summary>
    [Theory]
    [InlineData(1, 47, 31, 20, 9)]
    [InlineData(3, 47, 31, 20, 9)]
    [InlineData(4, 47, 31, 20, 9)]
    [InlineData(3, 250, 188, 64, 64)]
    [InlineData(3, 5, 7, 31, 13)]
    [InlineData(1, 3, 3, 1, 2)]
    public void Vectors_give_what_plain_sums_give(int channels, int width, int height, int toWidth, int toHeight)
    {
        Raster source = TestPictures.Noise(width, height, channels, seed: 5);

        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
            Assert.Equal(Plainly(source, toWidth, toHeight, filter), Resampling.Resize(source, toWidth, toHeight, filter).Pixels);
    }

    [Theory]
    [InlineData(50, 30, 12)]
    [InlineData(30, 51, 12)]
    [InlineData(9, 5, 5)]
    public void Cutting_and_resizing_at_once_is_the_same_as_one_after_the_other(int width, int height, int side)
    {
        Raster source = TestPictures.Noise(width, height, 3, seed: 6);

        Raster square = Resampling.ResizeSquare(source, side);

        Assert.Equal(Resampling.Resize(Resampling.CropSquare(source), side, side).Pixels, square.Pixels);
    }

    private static byte[] Plainly(Raster source, int width, int height, ResizeFilter filter)
    {
        ResamplingWeights across = ResamplingWeights.Create(source.Width, width, filter);
        ResamplingWeights down = ResamplingWeights.Create(source.Height, height, filter);
        var result = new Raster(width, height, source.Channels);
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < width * source.Channels; i++)
            {
                float sum = 0;
                for (int tap = 0; tap < down.Weights(y).Length; tap++)
                    sum += down.Weights(y)[tap] * Across(source.Row(down.First(y) + tap), i);
                result.Row(y)[i] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
            }
        }

        return result.Pixels;

        float Across(ReadOnlySpan<byte> row, int i)
        {
            (int x, int channel) = Math.DivRem(i, source.Channels);
            float sum = 0;
            for (int tap = 0; tap < across.Weights(x).Length; tap++)
                sum += across.Weights(x)[tap] * row[((across.First(x) + tap) * source.Channels) + channel];
            return sum;
        }
    }
}
