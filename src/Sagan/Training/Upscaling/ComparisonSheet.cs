using Sagan.Imaging;

namespace Sagan.Training.Upscaling;

/// <summary>An enlargement beside what is possible without a network.</summary>
public static class ComparisonSheet
{
    /// <summary>Pixels enlarged, linear enlargement, and the result, side by side.</summary>
    /// <param name="small">The picture.</param>
    /// <param name="large">What became of it, a whole number of times larger.</param>
    public static Raster Of(Raster small, Raster large)
    {
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(large);
        Raster plain = PictureUpscaler.WithChannels(small, large.Channels);
        var grid = new PictureGrid { Columns = 3, Padding = 2, Background = 24 };
        return grid.Compose([Resampling.Enlarge(plain, large.Width / small.Width), Resampling.Resize(plain, large.Width, large.Height), large]);
    }
}
