using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Hinge loss (Lim and Ye 2017, arXiv:1705.02894): what SNGAN with projection, SAGAN and BigGAN train with.</summary>
public sealed record HingeLoss : AdversarialLoss
{
    /// <summary>E[max(0, 1 - real)] + E[max(0, 1 + fake)].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) =>
        (1 - real.Logits).Relu().Mean() + (1 + fake.Logits).Relu().Mean();

    /// <summary>-E[fake].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => -fake.Logits.Mean();
}
