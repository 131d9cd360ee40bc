using System.Text.Json.Serialization;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>One adversarial loss: its numbers and its two formulas. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HingeLoss), "hinge")]
[JsonDerivedType(typeof(NonSaturatingLoss), "non-saturating")]
public abstract record AdversarialLoss
{
    /// <summary>What the discriminator minimises, from its logits [N] on real and generated pictures.</summary>
    public abstract Tensor ForDiscriminator(Tensor real, Tensor fake);

    /// <summary>What the generator minimises, from the discriminator's logits [N] on its pictures.</summary>
    public abstract Tensor ForGenerator(Tensor fake);
}
