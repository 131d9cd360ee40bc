namespace Sagan.Imaging;

/// <summary>Crops and resizes pictures.</summary>
public static class Resampling
{
    /// <summary>Resizes without aliasing: first along rows, then along columns, rounded once at the end.</summary>
    /// <param name="source">Any number of channels; transparency is treated like a colour.</param>
    /// <param name="width">Target width in pixels.</param>
    /// <param name="height">Target height in pixels.</param>
    /// <param name="filter">How source pixels are weighed.</param>
    public static Raster Resize(Raster source, int width, int height, ResizeFilter filter = ResizeFilter.Triangle)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (source.Width == width && source.Height == height)
            return new Raster(width, height, source.Channels, (byte[])source.Pixels.Clone());

        float[] narrowed = ResizeRows(source, width, filter);
        return ResizeColumns(narrowed, source.Height, width, height, source.Channels, filter);
    }

    /// <summary>Makes every pixel a square of pixels, so that people can see small pictures as they are.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="factor">Pixels in a row of the square; 1 returns the picture itself.</param>
    public static Raster Enlarge(Raster source, int factor)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1)
            return source;

        var large = new Raster(source.Width * factor, source.Height * factor, source.Channels);
        for (int y = 0; y < large.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Row(y / factor);
            Span<byte> to = large.Row(y);
            for (int x = 0; x < large.Width; x++)
                from.Slice(x / factor * source.Channels, source.Channels).CopyTo(to[(x * source.Channels)..]);
        }

        return large;
    }

    /// <summary>Cuts the long side, equally at both ends, so that the picture becomes square.</summary>
    public static Raster CropSquare(Raster source)
    {
        ArgumentNullException.ThrowIfNull(source);
        int side = source.ShortSide;
        int left = (source.Width - side) / 2;
        int top = (source.Height - side) / 2;

        var square = new Raster(side, side, source.Channels);
        for (int y = 0; y < side; y++)
            source.Row(top + y).Slice(left * source.Channels, side * source.Channels).CopyTo(square.Row(y));
        return square;
    }

    // → [source height, width, channels]
    private static float[] ResizeRows(Raster source, int width, ResizeFilter filter)
    {
        int channels = source.Channels;
        ResamplingWeights weights = ResamplingWeights.Create(source.Width, width, filter);
        float[] result = new float[source.Height * width * channels];
        int to = 0;

        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> row = source.Row(y);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<float> taps = weights.Weights(x);
                int first = weights.First(x) * channels;
                for (int c = 0; c < channels; c++)
                {
                    float sum = 0;
                    for (int i = 0, from = first + c; i < taps.Length; i++, from += channels)
                        sum += taps[i] * row[from];
                    result[to++] = sum;
                }
            }
        }

        return result;
    }

    private static Raster ResizeColumns(float[] rows, int sourceHeight, int width, int height, int channels, ResizeFilter filter)
    {
        ResamplingWeights weights = ResamplingWeights.Create(sourceHeight, height, filter);
        var result = new Raster(width, height, channels);
        int rowLength = width * channels;
        float[] sums = new float[rowLength];

        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            ReadOnlySpan<float> taps = weights.Weights(y);
            for (int i = 0; i < taps.Length; i++)
                AddScaled(sums, taps[i], rows.AsSpan((weights.First(y) + i) * rowLength, rowLength));

            Span<byte> target = result.Row(y);
            for (int x = 0; x < rowLength; x++)
                target[x] = (byte)Math.Clamp(sums[x] + 0.5f, 0, 255);
        }

        return result;
    }

    private static void AddScaled(Span<float> sums, float weight, ReadOnlySpan<float> row)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * row[i];
    }
}
