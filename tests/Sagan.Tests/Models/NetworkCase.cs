using Sagan.Losses;
using Sagan.Losses.Terms;

namespace Sagan.Tests.Models;

/// <summary>How a pair of networks of another project is trained, and what of it cannot be compared.</summary>
internal sealed record NetworkCase
{
    internal AdversarialLoss Loss { get; init; } = new HingeLoss();

    /// <summary>What is added to the losses.</summary>
    internal LossTerm? Term { get; init; }

    /// <summary>The end of names of the peer's buffers that mean something else than ours; null for none.</summary>
    internal string? OtherBuffers { get; init; }

    /// <summary>The case of a folder of the fixtures.</summary>
    internal static NetworkCase Of(string name) => name switch
    {
        "mimicry_sngan64" => new NetworkCase { Loss = new NonSaturatingLoss() },
        "studiogan_acgan32" => new NetworkCase { Term = new AuxiliaryClassifier() },

        // Its own batch norm keeps the biased variance where ours keeps torch's unbiased one.
        "biggan32_mybn_svs2_thin" => new NetworkCase { OtherBuffers = "stored_var" },
        _ => new NetworkCase(),
    };
}
