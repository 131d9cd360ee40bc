namespace Sagan.Models;

/// <summary>Channels of the residual networks, in multiples of a base width, by resolution.</summary>
internal static class ResNetWidths
{
    /// <summary>Resolutions that have a published network.</summary>
    internal static IReadOnlyList<int> Resolutions { get; } = [32, 64, 128];

    /// <summary>Channels of the 4x4 map, then the output of each doubling block (sngan_projection).</summary>
    internal static int[] Generator(int resolution) => resolution switch
    {
        32 => [1, 1, 1, 1],
        64 => [16, 8, 4, 2, 1],
        128 => [16, 16, 8, 4, 2, 1],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>Output of each block of SNGAN's discriminator; all halve but the last ones at 32 and 128 (sngan_projection).</summary>
    internal static (int Multiple, bool Halves)[] SnganDiscriminator(int resolution) => resolution switch
    {
        32 => [(1, true), (1, true), (1, false), (1, false)],
        64 => [(1, true), (2, true), (4, true), (8, true), (16, true)],
        128 => [(1, true), (2, true), (4, true), (8, true), (16, true), (16, false)],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>Output of each block of SAGAN's: as SNGAN's, but at 64 the maps end at 4x4 (StudioGAN; the authors have 128 only).</summary>
    internal static (int Multiple, bool Halves)[] SaganDiscriminator(int resolution) => resolution == 64
        ? [(1, true), (2, true), (4, true), (8, true), (16, false)]
        : SnganDiscriminator(resolution);

    /// <summary>Base width of a published generator.</summary>
    internal static int GeneratorBase(int resolution) => resolution == 32 ? 256 : 64;

    /// <summary>Base width of a published discriminator.</summary>
    internal static int DiscriminatorBase(int resolution) => resolution == 32 ? 128 : 64;

    /// <summary>Channels of the generator's 4x4 map and its doubling blocks at a base width; null takes the published one.</summary>
    internal static (int First, IReadOnlyList<Stage> Stages) GeneratorStages(int resolution, int? width)
    {
        int unit = width ?? GeneratorBase(resolution);
        int[] multiples = Generator(resolution);
        return (multiples[0] * unit, [.. multiples[1..].Select(multiple => new Stage(multiple * unit))]);
    }

    private static ConfigException NoNetwork(int resolution) => new(
        "dataset.resolution", $"there is no network for {resolution}x{resolution}; choose one of {string.Join(", ", Resolutions)} with --resolution");
}
