using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Chainer;

/// <summary>pfnet-research/sngan_projection, the authors' own SNGAN with projection: what Chainer's save_npz wrote of it.</summary>
/// <remarks>
/// Networks for 32, 64, 128 and 256, the small ones for cats and dogs, and the discriminator that concatenates. Its spectral
/// norm takes a power iteration in evaluation, too, and sums to the norms what ours bounds them by (1e-12 both).
/// </remarks>
public sealed class ChainerPeer : Peer
{
    private const double TheirBatchNormEpsilon = 2e-5;
    private const int AnyLatentSize = 128;

    /// <inheritdoc/>
    public override string Name => "chainer";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file)
    {
        if (file.Has("l1/W") && file.Has("block2/c1/W"))
            return PeerRole.Generator;
        return file.Has("block1/c1/u") && file.Has("block1/c_sc/W") ? PeerRole.Discriminator : null;
    }

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        ChainerGenerator? draws = generator is null ? null : ChainerGenerator.Of(generator);
        ChainerDiscriminator? judges = discriminator is null ? null : ChainerDiscriminator.Of(discriminator);
        if (draws is not null && judges is not null)
        {
            RequireSame(generator!, (draws.Resolution, draws.Classes), discriminator!, (judges.Resolution, judges.Classes));
            if (draws.Size != judges.Size)
                throw new ArrayFileException(discriminator!.Path, "keys", $"one of this and {generator!.Path} is the small network and the other is not: they are not of one GAN");
        }

        int classes = draws?.Classes ?? judges!.Classes;
        settings.Confirm("G", "n_classes", classes);
        if (draws is not null)
            settings.Confirm("G", "dim_z", draws.LatentSize);
        var model = new SnganConfig
        {
            LatentSize = draws?.LatentSize ?? AnyLatentSize,
            Conditional = classes > 0,
            Size = draws?.Size ?? judges!.Size,
            GeneratorWidth = draws?.Width,
            DiscriminatorWidth = judges?.Width,
            HeadBias = judges?.HasHeadBias,
            DiscriminatorCondition = judges is { Concatenates: true } ? DiscriminatorCondition.HiddenConcat : DiscriminatorCondition.Projection,
            Details = new ResNetDetails { BatchNormEpsilon = TheirBatchNormEpsilon, SpectralNorm = new SpectralNorm { RefreshInEvaluation = true } },
        };
        return new PeerModel(model, new ImageSpec(judges?.Channels ?? draws!.Channels, draws?.Resolution ?? judges!.Resolution, Math.Max(1, classes)));
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => ChainerKeys.Of(network);
}
