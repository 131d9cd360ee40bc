using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Exchange.HuggingFace;

/// <summary>huggingface/pytorch-pretrained-BigGAN: the generators of BigGAN-deep that TF Hub published, for 128, 256 and 512.</summary>
/// <remarks>
/// They draw as many channels as they are wide and show three; their batch norms carry statistics for 51 truncations. Between
/// two rows the project swaps the weights of both; ours are mixed rightly, unless <c>row_mixing</c> is told to be <c>swapped</c>.
/// The project's own settings have no such name.
/// </remarks>
public sealed class HuggingFacePeer : Peer
{
    private const double TheirEpsilon = 1e-4;
    private const string Mixing = "row_mixing", Interpolated = "interpolated", Swapped = "swapped";

    /// <inheritdoc/>
    public override string Name => "huggingface";

    /// <inheritdoc/>
    public override PeerRole? Recognise(PeerFile file) =>
        file.Has("embeddings.weight") && file.Has("generator.gen_z.weight_orig") ? PeerRole.Generator : null;

    /// <inheritdoc/>
    public override PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings)
    {
        HuggingFaceGenerator draws = HuggingFaceGenerator.Of(generator!);
        draws.Confirm(settings);
        settings.RequireOneOf("G", Mixing, Interpolated, Swapped);

        double epsilon = settings.Number("G", "eps", TheirEpsilon);
        var model = new BigGanDeepConfig
        {
            LatentSize = draws.LatentSize,
            GeneratorWidth = draws.Width,
            SharedSize = draws.SharedSize,
            GeneratorAttention = draws.Attention,
            DrawnChannels = draws.DrawnChannels,
            TruncationTable = new TruncationTable
            {
                Rows = draws.Rows,
                Mixing = settings.Text("G", Mixing) == Swapped ? RowMixing.Swapped : RowMixing.Interpolated,
            },
            Details = new ResNetDetails { BatchNormEpsilon = epsilon, SpectralNorm = new SpectralNorm { Epsilon = epsilon } },
        };
        return new PeerModel(model, new ImageSpec(3, draws.Resolution, draws.Classes));
    }

    /// <inheritdoc/>
    public override KeyTable Keys(Module network, ModelConfig model) => HuggingFaceKeys.Of((Generator)network);
}
