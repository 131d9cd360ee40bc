using System.Text.Json.Nodes;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.BigGanPyTorch;

/// <summary>ajbrock/BigGAN-PyTorch: BigGAN and BigGAN-deep.</summary>
/// <remarks>
/// Its spectral norm takes a power iteration in evaluation, too; its last batch norm has epsilon 1e-5 whatever it is told; its
/// narrow blocks begin at the picture; and at 32x32 <c>--D_attn 16</c> puts attention behind every block.
/// </remarks>
public sealed class BigGanPyTorchPeer : TargetPeer
{
    private const int LargestDiscriminator = 256;
    private const double TheirBatchNormEpsilon = 1e-5, TheirSpectralEpsilon = 1e-8;

    /// <inheritdoc/>
    public override string Name => "biggan-pytorch";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file)
    {
        if (!file.Has("linear.weight") || !file.Has("blocks.0.0.conv1.weight"))
            return null;
        return file.Has("output_layer.2.weight") ? PeerRole.Generator : file.Has("embed.weight") ? PeerRole.Discriminator : null;
    }

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        BigGanPyTorchGenerator? draws = generator is null ? null : BigGanPyTorchGenerator.Of(generator);
        BigGanPyTorchDiscriminator? judges = discriminator is null ? null : BigGanPyTorchDiscriminator.Of(discriminator);
        draws?.Confirm(settings);
        judges?.Confirm(settings);
        if (draws is not null && judges is not null)
        {
            RequireSame(generator!, (draws.Resolution, draws.Classes), discriminator!, (judges.Resolution, judges.Classes));
            if (draws.IsDeep != judges.IsDeep)
                throw new ArrayFileException(discriminator!.Path, "keys", $"one of this and {generator!.Path} is a BigGAN-deep and the other is not: they are not of one GAN");
            if (draws.IsNormalised && !judges.IsNormalised)
                throw new ArrayFileException(discriminator!.Path, "keys", "spectral norm in the generator and none in the discriminator is no network here");
        }

        int resolution = draws?.Resolution ?? judges!.Resolution;
        var images = new ImageSpec(judges?.Channels ?? draws!.Channels, resolution, draws?.Classes ?? judges!.Classes);
        ResNetDetails details = Details(draws, judges, settings);
        return new PeerModel(draws?.IsDeep ?? judges!.IsDeep ? Deep(draws, judges, details) : Plain(draws, judges, resolution, details), images);
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => BigGanPyTorchKeys.Of(network, model is BigGanDeepConfig);

    internal override IReadOnlyList<string> Kinds => ["biggan", "biggan-deep"];

    internal override IReadOnlyList<DiscriminatorCondition> Conditions => [DiscriminatorCondition.Projection];

    internal override void RequireBuildable(PeerFile file, PeerRole role, ModelConfig model, int resolution)
    {
        if (!model.Conditional)
            throw new ConfigException("model.conditional", $"is false, and all networks of {Name} look at the class");
        if (resolution > LargestDiscriminator && (role == PeerRole.Discriminator || model is BigGanDeepConfig))
            throw new ConfigException("dataset.resolution", $"is {resolution}, for which {Name} has BigGAN's generator alone");
        if (role == PeerRole.Discriminator)
            RequireAttentionByResolution(file, model is BigGanDeepConfig, resolution);
    }

    internal override object Checkpoint(OrderedDictionary<string, object?> stateDict, long steps) => stateDict;

    internal override JsonObject Arguments(ModelConfig model, PeerRole role)
    {
        ResNetDetails details = model switch { BigGanConfig plain => plain.Details, BigGanDeepConfig deep => deep.Details, _ => new ResNetDetails() };
        if (role == PeerRole.Generator)
            return new JsonObject { ["G"] = Arguments("G", details.SpectralNorm, new JsonObject { ["BN_eps"] = details.BatchNormEpsilon }) };
        return new JsonObject { ["D"] = Arguments("D", details.DiscriminatorSpectralNorm ?? details.SpectralNorm, []) };
    }

    /// <summary>
    /// Batch norms have their statistics one level deeper where they are its own (<c>--mybn</c>) or synchronised ones
    /// (<c>--cross_replica</c>). Of several singular values only the first is divided by.
    /// </summary>
    internal override string? Plain(string name)
    {
        string[] parts = name.Split('.');
        if (parts[^1] is "accumulation_counter" or "num_batches_tracked" || (parts[^1].Length > 1 && parts[^1][^1] is >= '1' and <= '9' && parts[^1][..^1] is "u" or "sv"))
            return null;
        if (parts.Length < 2 || parts[^2] != "bn")
            return name;
        string leaf = parts[^1] switch { "running_mean" => "stored_mean", "running_var" => "stored_var", _ => parts[^1] };
        return string.Join('.', [.. parts[..^2], leaf]);
    }

    private static BigGanConfig Plain(BigGanPyTorchGenerator? draws, BigGanPyTorchDiscriminator? judges, int resolution, ResNetDetails details) => new()
    {
        LatentSize = draws?.LatentSize ?? 20 * BigGanWidths.Generator(resolution, WidthTable.Authors).Length,
        GeneratorWidth = draws?.Width ?? judges!.Width,
        DiscriminatorWidth = judges?.Width,
        SharedSize = draws is null ? 128 : draws.SharedSize,
        HierarchicalLatents = draws?.HasHierarchicalLatents ?? true,
        GeneratorAttention = draws?.Attention ?? [],
        DiscriminatorAttention = judges?.Attention.Resolutions ?? [],
        Details = details,
    };

    private static BigGanDeepConfig Deep(BigGanPyTorchGenerator? draws, BigGanPyTorchDiscriminator? judges, ResNetDetails details) => new()
    {
        LatentSize = draws?.LatentSize ?? 128,
        GeneratorWidth = draws?.Width ?? judges!.Width,
        DiscriminatorWidth = judges?.Width,
        SharedSize = draws?.SharedSize ?? 128,
        GeneratorAttention = draws?.Attention ?? [],
        DiscriminatorAttention = judges?.Attention.Resolutions ?? [],
        Details = details,
    };

    private static ResNetDetails Details(BigGanPyTorchGenerator? draws, BigGanPyTorchDiscriminator? judges, PeerSettings settings)
    {
        double epsilon = settings.Number("G", "BN_eps", TheirBatchNormEpsilon);
        SpectralNorm? generators = draws is { IsNormalised: false } ? null : Norm("G", settings);
        SpectralNorm? discriminators = judges is null || !judges.IsNormalised ? null : Norm("D", settings);
        return new ResNetDetails
        {
            BatchNormEpsilon = epsilon,
            LastBatchNormEpsilon = epsilon == TheirBatchNormEpsilon ? null : TheirBatchNormEpsilon,
            SpectralNorm = draws is null && judges is { IsNormalised: false } ? null : generators,
            DiscriminatorSpectralNorm = discriminators == generators ? null : discriminators,
            InnerWidth = judges is { IsThin: true } ? InnerWidth.ThinFromThePicture : InnerWidth.Architecture,
            AttentionBehindBlocks = judges?.Attention.BehindBlocks,
        };
    }

    // Attention is told by resolution, and its table has one resolution for several blocks: at 32 for all, else for the last two.
    private void RequireAttentionByResolution(PeerFile file, bool isDeep, int resolution)
    {
        int entries = file.Numbers("blocks.", ".0.conv1.weight").Count;
        HashSet<int> attends = [.. file.Numbers("blocks.", isDeep ? ".2.gamma" : ".1.gamma")];
        int[] resolutions = [.. Enumerable.Range(0, entries).Select(entry => resolution == 32 ? 16 : Math.Max(4, resolution >> (entry + 1)))];
        if (Enumerable.Range(0, entries).GroupBy(entry => resolutions[entry]).FirstOrDefault(same => same.Select(attends.Contains).Distinct().Count() > 1) is { } torn)
        {
            throw new ConfigException(
                "model.discriminatorAttention",
                $"stands behind some of the blocks {string.Join(", ", torn.Select(entry => entry + 1))}, and {Name} has it behind all or none of them");
        }
    }

    private static JsonObject Arguments(string network, SpectralNorm? norm, JsonObject arguments)
    {
        if (norm is not null)
        {
            arguments["SN_eps"] = norm.Epsilon;
            arguments[$"num_{network}_SV_itrs"] = norm.Iterations;
        }

        return arguments;
    }

    private static SpectralNorm Norm(string network, PeerSettings settings) => new()
    {
        Epsilon = settings.Number(network, "SN_eps", TheirSpectralEpsilon),
        Iterations = (int)settings.Number(network, $"num_{network}_SV_itrs", 1),
        RefreshInEvaluation = true,
    };
}
