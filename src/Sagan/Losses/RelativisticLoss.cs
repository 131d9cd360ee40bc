using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>
/// Relativistic pairing loss, RpGAN (Jolicoeur-Martineau 2019, arXiv:1807.00734): is this real picture more real than that
/// generated one?
/// </summary>
/// <remarks>The n-th real picture is paired with the n-th generated one, whatever their classes.</remarks>
public sealed record RelativisticLoss : AdversarialLoss
{
    /// <inheritdoc/>
    internal override bool ComparesWithReal => true;

    /// <summary>E[softplus(-(real - fake))].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) => (fake.Logits - real.Logits).Softplus().Mean();

    /// <summary>E[softplus(-(fake - real))].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) =>
        (RequireReal(real).Logits - fake.Logits).Softplus().Mean();
}
