using Sagan.Evaluation;
using Sagan.Tensors;

namespace Sagan.Tests.Evaluation;

/// <summary>Pictures of noise around a gray that depends on the class: as many and as different as a test wants.</summary>
internal sealed class MadePictures(string name, int count, byte gray, int side = 8, string? fingerprint = null, int classes = 2) : PictureSeries
{
    internal int Shown { get; private set; }

    public override string Name => name;

    public override string? Fingerprint => fingerprint;

    public override int? Count => count;

    public override IReadOnlyList<string> ClassNames => [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];

    public override IEnumerable<PixelRun> Read(int wanted)
    {
        for (int start = 0; start < wanted; start += 50)
        {
            int length = Math.Min(50, wanted - start);
            byte[] pixels = new byte[length * 3 * side * side];
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(gray + (20 * ((start + (i / (3 * side * side))) % classes)) + new CounterRandom(3, (ulong)((start * 3 * side * side) + i)).Below(60));
            Shown += length;
            yield return new PixelRun(pixels, [.. Enumerable.Range(start, length).Select(place => place % classes)], 3, side, side);
        }
    }

    internal override IEnumerable<long> Labels() => Enumerable.Range(0, count).Select(place => (long)(place % classes));
}
