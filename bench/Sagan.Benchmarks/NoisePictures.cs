using System.Globalization;
using Sagan.Data;
using Sagan.Models;

namespace Sagan.Benchmarks;

/// <summary>Random pictures in memory: reading them costs a copy, so that the networks are what is measured.</summary>
internal sealed class NoisePictures : Dataset
{
    private const int PerClass = 100;

    private readonly ImageSpec _images;
    private readonly byte[] _pixels;

    internal NoisePictures(ImageSpec images)
    {
        _images = images;
        _pixels = new byte[Count * BytesPerPicture];
        new Random(0).NextBytes(_pixels);
    }

    public override string Name => "noise";

    public override string Fingerprint => "noise";

    public override int Count => PerClass * _images.Classes;

    public override int Channels => _images.Channels;

    public override int Height => _images.Resolution;

    public override int Width => _images.Resolution;

    public override IReadOnlyList<string> ClassNames =>
        [.. Enumerable.Range(0, _images.Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    public override int LabelOf(int index) => index / PerClass;

    public override void Read(int index, Span<byte> chw) =>
        _pixels.AsSpan(index * BytesPerPicture, BytesPerPicture).CopyTo(chw);
}
