using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Heykeetae;

/// <summary>heykeetae/Self-Attention-GAN: a DCGAN without classes and with attention, for 64x64.</summary>
/// <remarks>
/// Its spectral norm takes a power iteration in evaluation, too, and keeps it; ours forgets it, so that a network judges a
/// picture today as it did yesterday. It takes a transposed convolution as a matrix with the inputs as rows. Its readme
/// tells people to take the spectral norm away for WGAN-GP: networks without are imported as well.
/// </remarks>
public sealed class HeykeetaePeer : Peer
{
    /// <summary>How much smaller the smallest map is than the picture.</summary>
    internal const int Reduction = 16;

    private const int TheirLatentSize = 128, TheirWidth = 64;

    /// <inheritdoc/>
    public override string Name => "heykeetae";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file)
    {
        if (!file.Has("attn1.query_conv.weight") || !file.Has("last.0.weight") || !file.Has(Weight("l1.0", IsNormalised(file))))
            return null;
        return file.Has("l1.1.weight") ? PeerRole.Generator : PeerRole.Discriminator;
    }

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        HeykeetaeGenerator? draws = generator is null ? null : HeykeetaeGenerator.Of(generator);
        HeykeetaeDiscriminator? judges = discriminator is null ? null : HeykeetaeDiscriminator.Of(discriminator);
        draws?.Confirm(settings);
        judges?.Confirm(settings);
        if (draws is not null && judges is not null)
            RequireSame(generator!, (draws.Resolution, Classes: 0), discriminator!, (judges.Resolution, Classes: 0));

        var model = new DcganConfig
        {
            Form = DcganForm.SelfAttention,
            Conditional = false,
            LatentSize = draws?.LatentSize ?? TheirLatentSize,
            GeneratorWidth = draws?.Width ?? TheirWidth,
            DiscriminatorWidth = judges?.Width ?? TheirWidth,
            DiscriminatorNorm = judges is { IsNormalised: false } ? DiscriminatorNorm.None : DiscriminatorNorm.Spectral,
            SpectralGenerator = draws?.IsNormalised ?? true,
            DeconvolutionRows = DeconvolutionRows.Inputs,
            SpectralNorm = new SpectralNorm { RefreshInEvaluation = true },
        };
        return new PeerModel(model, new ImageSpec(judges?.Channels ?? draws!.Channels, draws?.Resolution ?? judges!.Resolution, Classes: 1));
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => HeykeetaeKeys.Of(network);

    internal static bool IsNormalised(PeerFile file) => file.Has(Weight("l1.0", isNormalised: true));

    /// <summary>Its name of a convolution's weight.</summary>
    internal static string Weight(string layer, bool isNormalised) => isNormalised ? $"{layer}.module.weight_bar" : $"{layer}.weight";

    /// <exception cref="ArrayFileException">The file is of a network that its own code builds and cannot run.</exception>
    internal static void RequireFourthLayer(PeerFile file)
    {
        if (!file.Has(Weight("l4.0", IsNormalised(file))))
            throw new ArrayFileException(file.Path, "keys", "there is no layer l4: the project's code leaves it out for sizes other than 64x64, and cannot run such a network");
    }
}
