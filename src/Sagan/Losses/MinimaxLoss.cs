using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Saturating minimax loss (Goodfellow et al. 2014, arXiv:1406.2661, equation 1): both networks play for the same number.</summary>
/// <remarks>The generator's gradient vanishes where the discriminator is sure; no code we know trains with it.</remarks>
public sealed record MinimaxLoss : AdversarialLoss
{
    /// <summary>E[softplus(-real)] + E[softplus(fake)], which is -E[log σ(real)] - E[log(1 - σ(fake))].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) =>
        (-real.Logits).Softplus().Mean() + fake.Logits.Softplus().Mean();

    /// <summary>-E[softplus(fake)], which is E[log(1 - σ(fake))].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => -fake.Logits.Softplus().Mean();
}
