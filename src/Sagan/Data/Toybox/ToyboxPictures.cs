using Sagan.Tensors;
using Sagan.Data.Toybox.Toys;

namespace Sagan.Data.Toybox;

/// <summary>
/// The built-in picture set: ten classes of flat icons, endless and seeded. Every picture is a pure function of
/// (seed, class, picture), the same bytes on every platform, at any resolution from 8 to 128.
/// </summary>
/// <remarks>Not called Toybox: next to the namespace of that name, the short name would mean the namespace.</remarks>
public static class ToyboxPictures
{
    /// <summary>Number of classes.</summary>
    public const int ClassCount = 10;

    /// <summary>Fewest pixels along a side.</summary>
    public const int MinResolution = 8;

    /// <summary>Most pixels along a side.</summary>
    public const int MaxResolution = 128;

    /// <summary>Grows whenever the same (seed, class, picture) is drawn differently; belongs into a fingerprint.</summary>
    public const int Edition = 1;

    private static readonly ToyClass[] s_classes =
    [
        new Face(), new Butterfly(), new Ring(), new Spiral(), new Checkerboard(),
        new Flag(), new Arrow(), new Cross(), new Star(), new Flower(),
    ];

    /// <summary>Lower-case nouns in the order of the class indices.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [.. s_classes.Select(toy => toy.Name)];

    /// <summary>Draws one picture.</summary>
    /// <param name="classIndex">From 0 to <see cref="ClassCount"/> - 1.</param>
    /// <param name="pictureIndex">From 0; the number of the picture within its class.</param>
    /// <param name="seed">Any number; another seed is another set.</param>
    /// <param name="resolution">Pixels along each side, from 8 to 128.</param>
    /// <param name="chw">Receives planar sRGB bytes [3, resolution, resolution].</param>
    /// <exception cref="ArgumentException">An index or the resolution is out of range, or the span has another length.</exception>
    public static void Render(int classIndex, int pictureIndex, long seed, int resolution, Span<byte> chw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pictureIndex);
        RequireResolution(resolution);
        RequireLength(chw.Length, resolution);

        Canvas.Render(Compose(classIndex, pictureIndex, seed), resolution, chw);
    }

    internal static ToyClass Class(int classIndex)
    {
        if ((uint)classIndex >= ClassCount)
            throw new ArgumentOutOfRangeException(nameof(classIndex), classIndex, $"toybox has classes 0 to {ClassCount - 1}.");
        return s_classes[classIndex];
    }

    internal static Scene Compose(int classIndex, int pictureIndex, long seed, bool flawed = false)
    {
        CounterRandom random = new(seed, ((ulong)(uint)classIndex << 32) | (uint)pictureIndex);
        return Class(classIndex).Compose(ref random, flawed);
    }

    internal static void RequireResolution(int resolution)
    {
        if (resolution is < MinResolution or > MaxResolution)
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, $"toybox draws {MinResolution} to {MaxResolution} pixels a side.");
    }

    internal static void RequireLength(int length, int resolution)
    {
        int expected = 3 * resolution * resolution;
        if (length != expected)
            throw new ArgumentException($"A toybox picture of {resolution} pixels a side takes {expected} values [3, {resolution}, {resolution}]; the span has {length}.");
    }
}
