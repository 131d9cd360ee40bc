using Sagan.Data;
using Sagan.Models;

namespace Sagan.Training.Planning;

/// <summary>Pictures of noise, for measuring: reading them costs next to nothing.</summary>
internal sealed class NoisePictures(ImageSpec images) : Dataset
{
    private readonly byte[] _noise = Noise(images);

    public override string Name => "noise";

    public override string Fingerprint => "0";

    public override int Count => 1024;

    public override int Channels => images.Channels;

    public override int Height => images.Resolution;

    public override int Width => images.Resolution;

    public override IReadOnlyList<string> ClassNames { get; } = [.. Enumerable.Range(0, images.Classes).Select(label => $"class {label}")];

    public override int LabelOf(int index) => index % images.Classes;

    public override void Read(int index, Span<byte> chw) => _noise.CopyTo(chw);

    private static byte[] Noise(ImageSpec images)
    {
        byte[] bytes = new byte[images.Channels * images.Resolution * images.Resolution];
        new Random(0).NextBytes(bytes);
        return bytes;
    }
}
