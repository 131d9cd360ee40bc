using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.StudioGan;

/// <summary>PyTorch-StudioGAN: its <c>resnet</c> networks (SNGAN, projection GAN, AC-GAN, SAGAN, WGAN) and its <c>big_resnet</c> (BigGAN).</summary>
/// <remarks>
/// Its ReLU overwrites its input, so that shortcuts of the discriminator read rectified maps; where the discriminator has batch
/// norms and no spectral norm, what is overwritten is a batch norm's result, and shortcuts read the maps as they are. Batch norm
/// has epsilon 1e-4, spectral norm 1e-6; a class reaches <c>resnet</c>'s batch norms as a one-hot vector through linear maps.
/// All its <c>resnet</c>s are SAGAN's, with wide blocks, so that they become a <c>sagan</c> here: without attention where theirs
/// has none, without spectral norm where theirs has none.
/// </remarks>
public sealed class StudioGanPeer : TargetPeer
{
    private const int AnyLatentSize = 128;

    /// <inheritdoc/>
    public override string Name => "studiogan";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file)
    {
        if (!file.Has("blocks.0.0.conv2d1.bias"))
            return null;
        return file.Has("linear0.bias") ? PeerRole.Generator : file.Has("linear1.bias") ? PeerRole.Discriminator : null;
    }

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        StudioGanGenerator? draws = generator is null ? null : StudioGanGenerator.Of(generator);
        StudioGanDiscriminator? judges = discriminator is null ? null : StudioGanDiscriminator.Of(discriminator);
        draws?.Confirm(settings);
        judges?.Confirm(settings);
        int classes = draws?.Classes ?? judges!.Classes;
        if (classes > 0)
            settings.Confirm(draws is null ? "D" : "G", "num_classes", classes);
        if (draws is not null && judges is not null)
        {
            RequireSame(generator!, (draws.Resolution, draws.Classes), discriminator!, (judges.Resolution, judges.Classes));
            if (draws.IsNormalised && !judges.IsNormalised)
                throw new ArrayFileException(discriminator!.Path, "keys", "spectral norm in the generator and none in the discriminator is no network here");
        }

        var images = new ImageSpec(judges?.Channels ?? draws!.Channels, draws?.Resolution ?? judges!.Resolution, Math.Max(1, classes));
        if (draws?.SharedSize is null && !ResNetWidths.Resolutions.Contains(images.Resolution))
            throw new ArrayFileException((generator ?? discriminator!).Path, "keys", $"StudioGAN's resnet is known here at {string.Join(", ", ResNetWidths.Resolutions)} only, and this one is for {images.Resolution}");
        ResNetDetails details = Details(draws, judges);
        ModelConfig model = draws?.SharedSize is { } shared ? BigGan(draws, judges, images, shared, details) : ResNet(draws, judges, images, details);
        return new PeerModel(
            model with { Conditional = classes > 0, DiscriminatorCondition = judges?.Condition ?? DiscriminatorCondition.Projection }, images);
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => StudioGanKeys.Of(network, model);

    internal override IReadOnlyList<string> Kinds => ["sngan", "sagan", "biggan"];

    internal override IReadOnlyList<DiscriminatorCondition> Conditions => [DiscriminatorCondition.Projection, DiscriminatorCondition.Classifier];

    internal override void RequireBuildable(PeerFile file, PeerRole role, ModelConfig model, int resolution)
    {
        if (resolution == 48)
            throw new ConfigException("dataset.resolution", $"is 48, and {Name} has no network for that");
        if (role == PeerRole.Generator && model is BigGanConfig { Conditional: false } or BigGanConfig { SharedSize: null } or BigGanConfig { HierarchicalLatents: false })
            throw new ConfigException("model.kind", $"is biggan, which has classes, a sharedSize and hierarchicalLatents where it is {Name}'s");
        if (role == PeerRole.Discriminator && !file.Has("linear1.weight_orig") && !file.Has("blocks.0.0.bn1.weight"))
            throw new ConfigException("model.details.discriminatorBatchNorm", $"is false, and where {Name} has no spectral norm in the discriminator it has batch norms");
        if (resolution == 32)
            RequireWholeWidth(file, role);
    }

    internal override object Checkpoint(OrderedDictionary<string, object?> stateDict, long steps) =>
        new OrderedDictionary<string, object?> { ["state_dict"] = stateDict };

    // At 32x32 its widths are a fourth of the generator's channels and half of the discriminator's.
    private void RequireWholeWidth(PeerFile file, PeerRole role)
    {
        (string setting, int channels, int part) = role == PeerRole.Generator
            ? ("model.generatorWidth", file.Size("linear0.bias", 0) / 16, 4)
            : ("model.discriminatorWidth", file.Size("blocks.0.0.conv2d1.bias", 0), 2);
        if (channels % part != 0)
            throw new ConfigException(setting, $"makes {channels} channels, and {Name} has a multiple of {part} at 32x32");
    }

    private static BigGanConfig BigGan(StudioGanGenerator draws, StudioGanDiscriminator? judges, ImageSpec images, int shared, ResNetDetails details) => new()
    {
        LatentSize = draws.LatentSize,
        Widths = WidthTable.StudioGan,
        GeneratorWidth = draws.FirstChannels / BigGanWidths.Generator(images.Resolution, WidthTable.StudioGan)[0],
        DiscriminatorWidth = judges?.FirstChannels / BigGanWidths.Discriminator(images.Resolution, WidthTable.StudioGan)[0],
        SharedSize = shared,
        GeneratorAttention = draws.Attention,
        DiscriminatorAttention = judges?.Attention.Resolutions ?? [],
        Details = details,
    };

    private static SelfAttentionGanConfig ResNet(StudioGanGenerator? draws, StudioGanDiscriminator? judges, ImageSpec images, ResNetDetails details) => new()
    {
        LatentSize = draws?.LatentSize ?? AnyLatentSize,
        GeneratorWidth = draws?.FirstChannels / ResNetWidths.Generator(images.Resolution, ResNetSize.Full)[0],
        DiscriminatorWidth = judges?.FirstChannels,
        GeneratorAttention = draws?.Attention ?? [],
        DiscriminatorAttention = judges?.Attention.Resolutions ?? [],
        Details = details,
    };

    private static ResNetDetails Details(StudioGanGenerator? draws, StudioGanDiscriminator? judges)
    {
        var norm = new SpectralNorm { Epsilon = 1e-6 };
        bool judgesByBatch = judges is { IsNormalised: false };
        SpectralNorm? common = draws?.IsNormalised ?? judges!.IsNormalised ? norm : null;
        return new ResNetDetails
        {
            ShortcutInput = judgesByBatch ? ShortcutInput.Raw : ShortcutInput.Rectified,
            DiscriminatorBatchNorm = judgesByBatch,
            ClassCondition = ClassCondition.OneHot,
            BatchNormEpsilon = 1e-4,
            SpectralNorm = common,
            DiscriminatorSpectralNorm = common is null && judges is { IsNormalised: true } ? norm : null,
            AttentionBehindBlocks = judges?.Attention.BehindBlocks,
        };
    }
}
