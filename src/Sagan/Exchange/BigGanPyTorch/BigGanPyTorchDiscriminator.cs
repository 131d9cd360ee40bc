using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.BigGanPyTorch;

/// <summary>What the shapes of a discriminator of BigGAN-PyTorch tell.</summary>
internal sealed record BigGanPyTorchDiscriminator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    internal required int Classes { get; init; }

    internal required int Width { get; init; }

    internal required bool IsDeep { get; init; }

    internal required bool IsThin { get; init; }

    internal required bool IsNormalised { get; init; }

    internal required AttentionPlaces Attention { get; init; }

    internal static BigGanPyTorchDiscriminator Of(PeerFile file)
    {
        bool isDeep = file.Has("input_conv.weight");
        int entries = file.Numbers("blocks.", ".0.conv1.weight").Count;
        int length = isDeep ? entries + 1 : entries;
        int resolution = BigGanWidths.Resolutions.FirstOrDefault(known => BigGanWidths.Discriminator(known, WidthTable.Authors).Length == length);
        if (resolution == 0)
            throw new ArrayFileException(file.Path, "keys", $"there is no BigGAN whose discriminator has {entries} blocks");

        int[] multiples = BigGanWidths.Discriminator(resolution, WidthTable.Authors);
        IReadOnlyList<Stage> stages = isDeep ? BigGanWidths.DeepDownStages(resolution, multiples, 1) : BigGanWidths.DownStages(resolution, multiples, 1);
        int blocksAnEntry = isDeep ? 2 : 1;
        int[] behind = [.. file.Numbers("blocks.", $".{blocksAnEntry}.theta.weight").Select(entry => (entry + 1) * blocksAnEntry)];
        string first = isDeep ? "input_conv.weight" : "blocks.0.0.conv2.weight";
        return new BigGanPyTorchDiscriminator
        {
            Resolution = resolution,
            Channels = file.Size(isDeep ? first : "blocks.0.0.conv1.weight", 1),
            Classes = file.Size("embed.weight", 0),
            Width = file.Size(first, 0) / multiples[0],
            IsDeep = isDeep,
            IsThin = !isDeep && file.Size(first, 1) != file.Size(first, 0),
            IsNormalised = file.Has("linear.u0"),
            Attention = AttentionPlaces.Of(resolution, stages, isDeep, behind),
        };
    }

    /// <summary>Refuses the settings of another network, and activations that ours do not have.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("D", "resolution", Resolution);
        settings.Confirm("D", "n_classes", Classes);
        settings.Confirm("D", "D_ch", Width);
        settings.RequireOneOf("D", "D_nl", "relu", "inplace_relu");
    }
}
