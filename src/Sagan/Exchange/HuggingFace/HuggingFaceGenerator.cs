using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.HuggingFace;

/// <summary>What the shapes of a generator of pytorch-pretrained-BigGAN tell.</summary>
internal sealed record HuggingFaceGenerator
{
    internal required int Resolution { get; init; }

    internal required int Classes { get; init; }

    internal required int Width { get; init; }

    internal required int DrawnChannels { get; init; }

    internal required int LatentSize { get; init; }

    internal required int SharedSize { get; init; }

    /// <summary>Rows of statistics, one a truncation.</summary>
    internal required int Rows { get; init; }

    /// <summary>Resolutions of the maps behind which attention stands.</summary>
    internal required IReadOnlyList<int> Attention { get; init; }

    internal static HuggingFaceGenerator Of(PeerFile file)
    {
        const string First = "generator.gen_z.weight_orig", Layers = "generator.layers.";
        int blocks = file.Numbers(Layers, ".conv_0.weight_orig").Count;
        int resolution = 4 << Math.Min(blocks / 2, 10);
        if (blocks % 2 != 0 || !BigGanWidths.Resolutions.Contains(resolution))
            throw new ArrayFileException(file.Path, "keys", $"there is no BigGAN-deep whose generator has {blocks} blocks; those for 128, 256 and 512 have 10, 12 and 14");

        int shared = file.Size("embeddings.weight", 0);
        int condition = file.Size(First, 1);
        if (condition <= shared)
            throw new ArrayFileException(file.Path, "keys", $"{First} reads {condition} numbers, of which the class takes {shared}: nothing is left for a latent vector");
        return new HuggingFaceGenerator
        {
            Resolution = resolution,
            Classes = file.Size("embeddings.weight", 1),
            Width = file.Size(First, 0) / (16 * BigGanWidths.Generator(resolution, WidthTable.Authors)[0]),
            DrawnChannels = file.Size("generator.conv_to_rgb.weight_orig", 0),
            LatentSize = condition - shared,
            SharedSize = shared,
            Rows = file.Size("generator.bn.running_means", 0),

            // An attention layer takes a number of its own among the blocks.
            Attention = [.. file.Numbers(Layers, ".gamma").Select((layer, earlier) => 4 << Math.Min((layer - earlier) / 2, 10))],
        };
    }

    /// <summary>Refuses the settings of another network.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("G", "output_dim", Resolution);
        settings.Confirm("G", "z_dim", LatentSize);
        settings.Confirm("G", "class_embed_dim", SharedSize);
        settings.Confirm("G", "channel_width", Width);
        settings.Confirm("G", "num_classes", Classes);
        settings.Confirm("G", "n_stats", Rows);
    }
}
