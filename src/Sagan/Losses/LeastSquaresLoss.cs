using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Least squares loss (Mao et al. 2017, arXiv:1611.04076) with targets 1 for real and 0 for generated pictures.</summary>
/// <remarks>On logits, as in the paper and StudioGAN; compare_gan has it on probabilities.</remarks>
public sealed record LeastSquaresLoss : AdversarialLoss
{
    /// <summary>E[(real - 1)²] / 2 + E[fake²] / 2.</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) =>
        ((real.Logits - 1).Square().Mean() + fake.Logits.Square().Mean()) / 2;

    /// <summary>E[(fake - 1)²] / 2.</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => (fake.Logits - 1).Square().Mean() / 2;
}
