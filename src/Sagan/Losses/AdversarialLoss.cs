using System.Text.Json.Serialization;
using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>One adversarial loss: its numbers and its two formulas. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HingeLoss), "hinge")]
[JsonDerivedType(typeof(NonSaturatingLoss), "non-saturating")]
[JsonDerivedType(typeof(MinimaxLoss), "minimax")]
[JsonDerivedType(typeof(LeastSquaresLoss), "least-squares")]
[JsonDerivedType(typeof(WassersteinLoss), "wasserstein")]
[JsonDerivedType(typeof(RelativisticLoss), "relativistic")]
[JsonDerivedType(typeof(RelativisticAverageLoss), "relativistic-average")]
[JsonDerivedType(typeof(MultiHingeLoss), "multi-hinge")]
public abstract record AdversarialLoss
{
    /// <summary>Whether the generator's formula looks at real pictures, too: then its step draws and judges some.</summary>
    internal virtual bool ComparesWithReal => false;

    /// <summary>The head that the discriminator must have; null: any.</summary>
    internal virtual HeadKind? RequiredHead => null;

    /// <summary>What the discriminator minimises.</summary>
    /// <param name="real">Its judgement of N real pictures.</param>
    /// <param name="fake">Its judgement of N generated ones.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor ForDiscriminator(Judgement real, Judgement fake);

    /// <summary>What the generator minimises.</summary>
    /// <param name="fake">The discriminator's judgement of its pictures.</param>
    /// <param name="real">Its judgement of as many real ones, where the loss compares with them; constants.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor ForGenerator(Judgement fake, Judgement? real = null);

    /// <summary>The judgement of real pictures, where the generator's formula cannot do without.</summary>
    private protected Judgement RequireReal(Judgement? real) => real
        ?? throw new ArgumentNullException(nameof(real), $"{GetType().Name} compares generated pictures with real ones; judge some for the generator, too");
}
