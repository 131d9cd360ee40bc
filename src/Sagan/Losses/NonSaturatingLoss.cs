using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>Non-saturating loss (Goodfellow et al. 2014, arXiv:1406.2661): cross entropy with the generator's sign turned.</summary>
public sealed record NonSaturatingLoss : AdversarialLoss
{
    /// <summary>E[softplus(-real)] + E[softplus(fake)].</summary>
    public override Tensor ForDiscriminator(Tensor real, Tensor fake) => (-real).Softplus().Mean() + fake.Softplus().Mean();

    /// <summary>E[softplus(-fake)].</summary>
    public override Tensor ForGenerator(Tensor fake) => (-fake).Softplus().Mean();
}
