using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Wasserstein loss (Arjovsky et al. 2017, arXiv:1701.07875): the logit is a critic's score, without a zero.</summary>
/// <remarks>Needs something that bounds the critic's slope: a gradient penalty, weight clipping, or spectral norm.</remarks>
public sealed record WassersteinLoss : AdversarialLoss
{
    /// <summary>E[fake] - E[real].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) => fake.Logits.Mean() - real.Logits.Mean();

    /// <summary>-E[fake].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => -fake.Logits.Mean();
}
