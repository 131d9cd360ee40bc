using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Mimicry;

/// <summary>kwotsin/mimicry: SNGAN (32, 48, 64, 128), cGAN-PD and SAGAN (32, 128).</summary>
/// <remarks>
/// It enlarges maps bilinearly; its ReLU overwrites its input, so that shortcuts of the discriminator read rectified maps;
/// its SAGAN has SNGAN's thin blocks, and at 32x32 attention at 16 in the generator and at 8 in the discriminator. The
/// 32x32 projection discriminator has a spectral norm of mimicry's own in its head, which iterates in evaluation, too.
/// </remarks>
public sealed class MimicryPeer : TargetPeer
{
    private const int AnyLatentSize = 128;

    /// <inheritdoc/>
    public override string Name => "mimicry";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file)
    {
        if (file.Has("l1.bias") && file.Has("block2.c1.bias"))
            return PeerRole.Generator;
        return file.Has("block1.c1.bias") && file.Has("block1.c_sc.bias") ? PeerRole.Discriminator : null;
    }

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        MimicryGenerator? draws = generator is null ? null : MimicryGenerator.Of(generator);
        MimicryDiscriminator? judges = discriminator is null ? null : MimicryDiscriminator.Of(discriminator);
        if (draws is not null && judges is not null)
        {
            RequireSame(generator!, (draws.Resolution, draws.Classes), discriminator!, (judges.Resolution, judges.Classes));
            if (judges.HasAttention && !draws.IsNormalised)
                throw new ArrayFileException(discriminator!.Path, "keys", $"has attention, and the generator in {generator!.Path} is not SAGAN's: they are not of one GAN");
        }

        if (draws is not null)
            settings.Confirm("G", "nz", draws.LatentSize);
        if ((draws?.Classes ?? judges!.Classes) is > 0 and int known)
            settings.Confirm(draws is null ? "D" : "G", "num_classes", known);

        int classes = draws?.Classes ?? judges!.Classes;
        var images = new ImageSpec(judges?.Channels ?? draws!.Channels, draws?.Resolution ?? judges!.Resolution, Math.Max(1, classes));
        ModelConfig model = draws?.IsNormalised ?? judges!.HasAttention ? Sagan(draws, judges, images) : Sngan(draws, judges);
        return new PeerModel(model with { LatentSize = draws?.LatentSize ?? AnyLatentSize, Conditional = classes > 0 }, images);
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => MimicryKeys.Of(network, model);

    internal override IReadOnlyList<string> Kinds => ["sngan", "sagan"];

    internal override IReadOnlyList<DiscriminatorCondition> Conditions => [DiscriminatorCondition.Projection];

    internal override void RequireBuildable(PeerFile file, PeerRole role, ModelConfig model, int resolution)
    {
        int[] resolutions = model.Conditional ? [32, 128] : [32, 48, 64, 128];
        if (!resolutions.Contains(resolution))
            throw new ConfigException("dataset.resolution", $"is {resolution}, and {Name} has networks {(model.Conditional ? "with" : "without")} classes for {string.Join(", ", resolutions)}");
        bool attends = file.Has("attn_block.gamma");
        if (attends && !model.Conditional)
            throw new ConfigException("model.conditional", $"is false, and {Name}'s networks with attention look at the class");
        if (role == PeerRole.Generator)
            RequireBuildableGenerator(attends, isNormalised: file.Has("l1.weight_orig"));
        else
            RequireBuildableDiscriminator(file, hasOwnNorm: model.Conditional && !attends && resolution == 32);
    }

    internal override object Checkpoint(OrderedDictionary<string, object?> stateDict, long steps) =>
        new OrderedDictionary<string, object?> { ["model_state_dict"] = stateDict, ["global_step"] = steps };

    private void RequireBuildableGenerator(bool attends, bool isNormalised)
    {
        if (attends && !isNormalised)
            throw new ConfigException("model.details.spectralNorm", $"is null, and {Name}'s generators with attention have it");
        if (isNormalised && !attends)
            throw new ConfigException("model.generatorAttention", $"is none, and {Name}'s generators with spectral norm have it");
    }

    private void RequireBuildableDiscriminator(PeerFile file, bool hasOwnNorm)
    {
        if (!file.Has("block1.c1.weight_orig"))
            throw new ConfigException("model.details.spectralNorm", $"is null, and the discriminators of {Name} that are known here have it");
        if (file.Has("l_y.sn_u") != hasOwnNorm)
            throw new ConfigException("model.details.headSpectralNorm", $"is not what {Name} has: one that refreshes in evaluation in its discriminator for classes at 32x32 without attention, elsewhere none");
    }

    private static SnganConfig Sngan(MimicryGenerator? draws, MimicryDiscriminator? judges) => new()
    {
        GeneratorWidth = draws?.Width,
        DiscriminatorWidth = judges?.Width,
        HeadBias = true,
        Details = Details() with { HeadSpectralNorm = judges is { HeadHasOwnNorm: true } ? new SpectralNorm { RefreshInEvaluation = true } : null },
    };

    private static SelfAttentionGanConfig Sagan(MimicryGenerator? draws, MimicryDiscriminator? judges, ImageSpec images)
    {
        bool isSmall = images.Resolution == 32;
        return new SelfAttentionGanConfig
        {
            GeneratorWidth = draws?.Width,
            DiscriminatorWidth = judges?.Width,
            GeneratorAttention = draws is { HasAttention: true } ? [isSmall ? 16 : 32] : [],
            DiscriminatorAttention = judges is { HasAttention: true } ? [isSmall ? 8 : 32] : [],
            Details = Details() with { InnerWidth = InnerWidth.Thin },
        };
    }

    private static ResNetDetails Details() => new() { Upsampling = Upsampling.Bilinear, ShortcutInput = ShortcutInput.Rectified };
}
