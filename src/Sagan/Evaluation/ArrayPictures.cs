using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Evaluation;

/// <summary>Pictures of an array in an .npy or .npz file: bytes [N, H, W, C] (ADM, edm) or [N, C, H, W], C 1 or 3.</summary>
public sealed class ArrayPictures : PictureSeries
{
    private const int RunLength = 64;

    private readonly HostArray _pixels;
    private readonly long[]? _labels;
    private readonly bool _channelsLast;
    private readonly int _channels, _height, _width;

    private ArrayPictures(string path, HostArray pixels, long[]? labels)
    {
        Name = Path.GetFileName(path);
        _pixels = pixels;
        _labels = labels;
        long[] shape = pixels.Shape.ToArray();
        _channelsLast = shape[3] is 1 or 3;
        (_channels, _height, _width) = _channelsLast ? ((int)shape[3], (int)shape[1], (int)shape[2]) : ((int)shape[1], (int)shape[2], (int)shape[3]);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string? Fingerprint => null;

    /// <inheritdoc/>
    public override int? Count => (int)_pixels.Shape[0];

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => [];

    /// <summary>Opens a file. In an .npz the pictures are the array of four axes, labels the one of a single axis, where there is one.</summary>
    /// <exception cref="ArrayFileException">There are no such pictures in it.</exception>
    public static ArrayPictures Open(string path)
    {
        HostArray[] arrays = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? [.. NpzFile.Read(path).Values] : [NpyFile.Read(path)];
        HostArray[] pictures = [.. arrays.Where(array => array.Shape.Length == 4)];
        if (pictures.Length != 1)
            throw new ArrayFileException(path, "arrays", $"{pictures.Length} of {arrays.Length} have four axes; one is wanted, the pictures [N, H, W, 3] of uint8");
        HostArray pixels = pictures[0];
        if (pixels.DType != DType.UInt8 || !(pixels.Shape[3] is 1 or 3 || pixels.Shape[1] is 1 or 3) || pixels.Count == 0)
            throw new ArrayFileException(path, "pictures", $"are {pixels.DType} [{string.Join(", ", pixels.Shape.ToArray())}]; save them as uint8 [N, H, W, 3] of 0 to 255");

        HostArray? labels = arrays.FirstOrDefault(array => array.Shape.Length == 1 && array.DType == DType.Int64 && array.Count == pixels.Shape[0]);
        return new ArrayPictures(path, pixels, labels?.As<long>().ToArray());
    }

    /// <inheritdoc/>
    public override IEnumerable<PixelRun> Read(int count)
    {
        int size = _channels * _height * _width;
        for (int start = 0; start < count; start += RunLength)
        {
            int length = Math.Min(RunLength, count - start);
            byte[] pixels = _pixels.Bytes.Slice(start * size, length * size).ToArray();
            int[] labels = [.. Enumerable.Range(start, length).Select(place => (int)(_labels?[place] ?? 0))];
            yield return new PixelRun(_channelsLast ? Planar(pixels, length) : pixels, labels, _channels, _height, _width);
        }
    }

    private byte[] Planar(byte[] pixels, int count)
    {
        byte[] planar = new byte[pixels.Length];
        int area = _height * _width;
        for (int n = 0; n < count; n++)
        {
            for (int i = 0; i < area; i++)
            {
                for (int c = 0; c < _channels; c++)
                    planar[(((n * _channels) + c) * area) + i] = pixels[(((n * area) + i) * _channels) + c];
            }
        }

        return planar;
    }
}
