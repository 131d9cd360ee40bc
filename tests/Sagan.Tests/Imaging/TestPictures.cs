using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

/// <summary>Small pictures made from formulas.</summary>
internal static class TestPictures
{
    /// <summary>Every sample the same.</summary>
    public static Raster Constant(int width, int height, int channels, byte value)
    {
        var raster = new Raster(width, height, channels);
        raster.Pixels.AsSpan().Fill(value);
        return raster;
    }

    /// <summary>Samples from a seeded generator: no two pixels alike but by chance.</summary>
    public static Raster Noise(int width, int height, int channels, int seed)
    {
        var raster = new Raster(width, height, channels);
        new Random(seed).NextBytes(raster.Pixels);
        return raster;
    }

    /// <summary>A smooth ramp, which JPEG keeps almost exactly.</summary>
    public static Raster Ramp(int width, int height, int channels)
    {
        var raster = new Raster(width, height, channels);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                raster.Row(y).Slice(x * channels, channels).Fill((byte)(40 + (100 * x / width) + (80 * y / height)));
        }

        return raster;
    }

    /// <summary>The largest absolute difference of two pictures' samples.</summary>
    public static int LargestDifference(Raster a, Raster b)
    {
        Assert.Equal((a.Width, a.Height, a.Channels), (b.Width, b.Height, b.Channels));
        return a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Max();
    }
}
