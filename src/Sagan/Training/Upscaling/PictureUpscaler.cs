using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training.Upscaling;

/// <summary>Enlarges pictures of any size, in tiles that overlap so far that no seam can show.</summary>
/// <remarks>
/// A tile is computed with a margin as wide as the network's reach and the margin is thrown away: the result is that of the
/// whole picture at once, up to rounding, in memory that does not grow with the picture.
/// </remarks>
public sealed class PictureUpscaler
{
    /// <summary>Side of a tile where nothing else is asked for.</summary>
    public const int DefaultTile = 128;

    private readonly UpscalerGenerator _generator;
    private readonly Device _device;
    private readonly int _tile;

    /// <param name="generator">In evaluation mode. Stays the caller's.</param>
    /// <param name="device">Where the generator lives.</param>
    /// <param name="tile">Side of the tiles in pixels of the small picture, margin not counted.</param>
    public PictureUpscaler(UpscalerGenerator generator, Device device, int tile = DefaultTile)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(tile, 1);
        _generator = generator;
        _device = device;
        _tile = tile;
    }

    /// <summary>Enlarges a picture.</summary>
    /// <param name="picture">Of any size; alpha is dropped, and colours made what the network knows.</param>
    /// <param name="seed">Decides what details are invented.</param>
    public Raster Enlarge(Raster picture, long seed)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Raster source = WithChannels(picture, _generator.Images.Channels);
        int factor = _generator.Factor;
        var result = new Raster(checked(source.Width * factor), checked(source.Height * factor), source.Channels);
        float[] z = new float[_generator.LatentSize];
        new Latents(z.Length, classes: 1, seed: 0, DrawPurpose.Sample).Draw(seed, z);

        for (int top = 0; top < source.Height; top += _tile)
        {
            for (int left = 0; left < source.Width; left += _tile)
                EnlargeTile(source, result, left, top, z);
        }

        return result;
    }

    private void EnlargeTile(Raster source, Raster result, int left, int top, float[] z)
    {
        int margin = _generator.Reach, factor = _generator.Factor;
        int fromX = Math.Max(0, left - margin), toX = Math.Min(source.Width, left + _tile + margin);
        int fromY = Math.Max(0, top - margin), toY = Math.Min(source.Height, top + _tile + margin);

        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Tensor small = Upload(source, fromX, fromY, toX - fromX, toY - fromY);
        Raster large = PictureSampler.ToRasters(_generator.Forward(Tensor.From<float>(z, [1, z.Length], _device), small))[0];

        int width = Math.Min(_tile, source.Width - left) * factor * source.Channels;
        int skip = (left - fromX) * factor * source.Channels;
        for (int y = top * factor; y < Math.Min(top + _tile, source.Height) * factor; y++)
            large.Row(y - (fromY * factor)).Slice(skip, width).CopyTo(result.Row(y)[(left * factor * source.Channels)..]);
    }

    private Tensor Upload(Raster source, int left, int top, int width, int height)
    {
        byte[] planar = new byte[width * height * source.Channels];
        for (int c = 0, to = 0; c < source.Channels; c++)
        {
            for (int y = top; y < top + height; y++)
            {
                ReadOnlySpan<byte> row = source.Row(y);
                for (int x = left; x < left + width; x++)
                    planar[to++] = row[(x * source.Channels) + c];
            }
        }

        return Tensor.From<byte>(planar, [1, source.Channels, height, width], _device).To(DType.Float32) / 127.5 - 1;
    }

    /// <summary>A picture in gray or colours; alpha is dropped.</summary>
    internal static Raster WithChannels(Raster picture, int channels)
    {
        if (picture.Channels == channels)
            return picture;
        var result = new Raster(picture.Width, picture.Height, channels);
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(i * picture.Channels, picture.Channels);
            Span<byte> target = result.Pixels.AsSpan(i * channels, channels);
            if (channels == 3)
                (target[0], target[1], target[2]) = pixel.Length == 1 ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);
            else
                target[0] = (byte)((0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) + 0.5);   // ITU-R BT.601
        }

        return result;
    }
}
