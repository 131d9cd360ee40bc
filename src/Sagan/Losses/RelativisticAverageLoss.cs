using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>
/// Relativistic average loss, RaGAN (Jolicoeur-Martineau 2019, arXiv:1807.00734): is this real picture more real than
/// generated ones on average, and the other way round?
/// </summary>
/// <remarks>The sum of both terms, as in the paper's equations; the author's code halves it. Averages are of the micro-batch.</remarks>
public sealed record RelativisticAverageLoss : AdversarialLoss
{
    /// <inheritdoc/>
    internal override bool ComparesWithReal => true;

    /// <summary>E[softplus(-(real - E fake))] + E[softplus(fake - E real)].</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake) => Beyond(real.Logits, fake.Logits);

    /// <summary>E[softplus(-(fake - E real))] + E[softplus(real - E fake)].</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => Beyond(fake.Logits, RequireReal(real).Logits);

    /// <summary>Small where the first lie above the others' mean, and the others below the mean of the first.</summary>
    private static Tensor Beyond(Tensor first, Tensor others) =>
        (others.Mean() - first).Softplus().Mean() + (others - first.Mean()).Softplus().Mean();
}
