using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Non-saturating loss (Goodfellow et al. 2014, arXiv:1406.2661): cross entropy with the generator's sign turned.</summary>
/// <remarks>
/// This is binary cross entropy, too: "BCE", "vanilla", "logistic" and "dcgan" of other code are these formulas, the
/// generator's pictures being given the target "real" (tests hold them against four peers).
/// </remarks>
public sealed record NonSaturatingLoss : AdversarialLoss
{
    /// <summary>E[softplus(-real)] + E[softplus(fake)].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) =>
        (-real.Logits).Softplus().Mean() + fake.Logits.Softplus().Mean();

    /// <summary>E[softplus(-fake)].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => (-fake.Logits).Softplus().Mean();
}
