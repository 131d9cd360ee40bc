namespace Sagan.Models;

/// <summary>Whose channel counts a BigGAN has, where they differ: at 32 and 64.</summary>
public enum WidthTable
{
    /// <summary>The paper's from 128 on, and below those of its first author's BigGAN-PyTorch.</summary>
    Authors,

    /// <summary>PyTorch-StudioGAN's: at 32 a discriminator half as wide, at 64 a generator half as wide.</summary>
    StudioGan,
}

/// <summary>Channels of BigGAN and BigGAN-deep, in multiples of a base width, by resolution (paper, appendix B).</summary>
/// <remarks>
/// BigGAN-deep has the same chains with two blocks in the place of one: the first of a generator's pair keeps its channels,
/// the second resizes; the discriminator's first entry is the convolution before its blocks. At 32 and 64 the paper has no
/// network. compare_gan's are others again: a discriminator of 2-2-2-2 whose maps end at 4x4 at 32, one of 2-4-8-16-16 at 64,
/// and no shortcut convolution where a halving block keeps its channels.
/// </remarks>
internal static class BigGanWidths
{
    internal static IReadOnlyList<int> Resolutions { get; } = [32, 64, 128, 256, 512];

    /// <summary>Channels of the 4x4 map, then the output of each doubling.</summary>
    internal static int[] Generator(int resolution, WidthTable table) => (resolution, table) switch
    {
        (32, _) => [4, 4, 4, 4],
        (64, WidthTable.StudioGan) => [16, 8, 4, 2, 1],
        (64, _) => [16, 16, 8, 4, 2],
        (128, _) => [16, 16, 8, 4, 2, 1],
        (256, _) => [16, 16, 8, 8, 4, 2, 1],
        (512, _) => [16, 16, 8, 8, 4, 2, 1, 1],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>Output of each block.</summary>
    internal static int[] Discriminator(int resolution, WidthTable table) => (resolution, table) switch
    {
        (32, WidthTable.StudioGan) => [2, 2, 2, 2],
        (32, _) => [4, 4, 4, 4],
        (64, _) => [1, 2, 4, 8, 16],
        (128, _) => [1, 2, 4, 8, 16, 16],
        (256, _) => [1, 2, 4, 8, 8, 16, 16],
        (512, _) => [1, 1, 2, 4, 8, 8, 16, 16],
        _ => throw NoNetwork(resolution),
    };

    /// <summary>The blocks of a generator, each of which doubles the maps.</summary>
    internal static IReadOnlyList<Stage> UpStages(int[] multiples, int width) =>
        [.. multiples[1..].Select(multiple => new Stage(multiple * width))];

    /// <summary>The blocks of BigGAN-deep's generator: before each doubling one that keeps maps and channels.</summary>
    internal static IReadOnlyList<Stage> DeepUpStages(int[] multiples, int width) =>
        [.. multiples[1..].SelectMany((multiple, i) => new[] { new Stage(multiples[i] * width, Resizes: false), new Stage(multiple * width) })];

    /// <summary>The blocks of a discriminator: they halve until the maps are small, then keep them.</summary>
    internal static IReadOnlyList<Stage> DownStages(int resolution, int[] multiples, int width) =>
        [.. multiples.Select((multiple, i) => new Stage(multiple * width, Halves(resolution, i)))];

    /// <summary>The blocks of BigGAN-deep's discriminator: behind each one of the plain chain another that keeps maps and channels.</summary>
    internal static IReadOnlyList<Stage> DeepDownStages(int resolution, int[] multiples, int width) =>
        [.. multiples[1..].SelectMany((multiple, i) => new[] { new Stage(multiple * width, Halves(resolution, i)), new Stage(multiple * width, Resizes: false) })];

    /// <summary>Where attention stands unless told otherwise: at 64x64 as in the paper's tables, at 32x32 in networks for 64, nowhere at 32.</summary>
    /// <remarks>The published weights for 256 have the generator's at 128x128 (compare_gan, TF Hub).</remarks>
    internal static int[] Attention(int resolution) => resolution switch
    {
        32 => [],
        64 => [32],
        _ => [64],
    };

    /// <summary>Refuses a width that gives no channels.</summary>
    internal static int Require(string setting, int width) => width > 0
        ? width
        : throw new ConfigException(setting, $"is {width}; it must be at least 1");

    // The maps of the networks for 32 end at 8x8, the others at 4x4.
    private static bool Halves(int resolution, int block) => resolution >> (block + 1) >= (resolution == 32 ? 8 : 4);

    private static ConfigException NoNetwork(int resolution) => new(
        "dataset.resolution", $"there is no network for {resolution}x{resolution}; choose one of {string.Join(", ", Resolutions)} with --resolution");
}
