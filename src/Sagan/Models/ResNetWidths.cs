namespace Sagan.Models;

/// <summary>Channels of the residual networks, in multiples of a base width, by resolution.</summary>
internal static class ResNetWidths
{
    /// <summary>Resolutions that have a published network.</summary>
    internal static IReadOnlyList<int> Resolutions { get; } = [32, 48, 64, 128, 256];

    /// <summary>Channels of the first map, then the output of each doubling block (sngan_projection; mimicry's at 48, from a 6x6 map).</summary>
    internal static int[] Generator(int resolution, ResNetSize size) => (resolution, size) switch
    {
        (128, ResNetSize.Small) => [8, 8, 4, 4, 2, 1],
        (_, ResNetSize.Small) => throw NoSmallNetwork(resolution),
        (32, ResNetSize.Pyramid) => [8, 4, 2, 1],
        (_, ResNetSize.Pyramid) => throw NoPyramid(resolution),
        (32, _) => [1, 1, 1, 1],
        (48, _) => [8, 4, 2, 1],
        (64, _) => [16, 8, 4, 2, 1],
        (128, _) => [16, 16, 8, 4, 2, 1],
        (256, _) => [16, 16, 8, 8, 4, 2, 1],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>Output of each block of SNGAN's discriminator; all halve but the last ones at 32, 48, 128 and 256 (sngan_projection; mimicry at 48).</summary>
    internal static (int Multiple, bool Halves)[] SnganDiscriminator(int resolution, ResNetSize size) => (resolution, size) switch
    {
        (128, ResNetSize.Small) => [(1, true), (2, true), (4, true), (4, true), (8, true), (8, false)],
        (_, ResNetSize.Small) => throw NoSmallNetwork(resolution),
        (32, ResNetSize.Pyramid) => [(1, true), (2, true), (4, true), (8, false)],
        (_, ResNetSize.Pyramid) => throw NoPyramid(resolution),
        (32, _) => [(1, true), (1, true), (1, false), (1, false)],
        (48, _) => [(1, true), (2, true), (4, true), (8, true), (16, false)],
        (64, _) => [(1, true), (2, true), (4, true), (8, true), (16, true)],
        (128, _) => [(1, true), (2, true), (4, true), (8, true), (16, true), (16, false)],
        (256, _) => [(1, true), (2, true), (4, true), (8, true), (8, true), (16, true), (16, false)],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>Output of each block of SAGAN's: as SNGAN's, but at 64 the maps end at 4x4 (StudioGAN; the authors have 128 only).</summary>
    internal static (int Multiple, bool Halves)[] SaganDiscriminator(int resolution, ResNetSize size) => (resolution, size) == (64, ResNetSize.Full)
        ? [(1, true), (2, true), (4, true), (8, true), (16, false)]
        : SnganDiscriminator(resolution, size);

    /// <summary>Base width of a published generator.</summary>
    internal static int GeneratorBase(int resolution) => resolution switch { 32 => 256, 256 => 32, _ => 64 };

    /// <summary>Base width of a published discriminator.</summary>
    internal static int DiscriminatorBase(int resolution) => resolution switch { 32 => 128, 256 => 32, _ => 64 };

    /// <summary>Channels of the generator's first map and its doubling blocks at a base width; null takes the published one.</summary>
    internal static (int First, IReadOnlyList<Stage> Stages) GeneratorStages(int resolution, int? width, ResNetSize size)
    {
        int unit = width ?? GeneratorBase(resolution);
        int[] multiples = Generator(resolution, size);
        return (multiples[0] * unit, [.. multiples[1..].Select(multiple => new Stage(multiple * unit))]);
    }

    private static ConfigException NoNetwork(int resolution) => new(
        "dataset.resolution", $"there is no network for {resolution}x{resolution}; choose one of {string.Join(", ", Resolutions)} with --resolution");

    private static ConfigException NoSmallNetwork(int resolution) => new(
        "model.size", $"the small network is for 128x128 and the pictures are {resolution}x{resolution}; choose full, or --resolution 128");

    private static ConfigException NoPyramid(int resolution) => new(
        "model.size", $"the pyramid is for 32x32 and the pictures are {resolution}x{resolution}, where the full network is one; choose full, or --resolution 32");
}
