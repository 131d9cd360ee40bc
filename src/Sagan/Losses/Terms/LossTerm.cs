using System.Text.Json.Serialization;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>Something added to the adversarial loss of one or both networks. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AuxiliaryClassifier), "auxiliary-classifier")]
[JsonDerivedType(typeof(GradientPenalty), "gradient-penalty")]
[JsonDerivedType(typeof(RealGradientPenalty), "r1")]
[JsonDerivedType(typeof(NeighbourhoodPenalty), "dragan")]
[JsonDerivedType(typeof(Consistency), "consistency")]
[JsonDerivedType(typeof(BalancedConsistency), "balanced-consistency")]
[JsonDerivedType(typeof(LatentConsistency), "latent-consistency")]
[JsonDerivedType(typeof(LeCam), "lecam")]
[JsonDerivedType(typeof(FeatureMatching), "feature-matching")]
[JsonDerivedType(typeof(OrthogonalPenalty), "orthogonal")]
[JsonDerivedType(typeof(ClassifierGuidance), "classifier-guidance")]
public abstract record LossTerm
{
    /// <summary>The head that the discriminator must have; null: any.</summary>
    internal virtual HeadKind? RequiredHead => null;

    /// <summary>Whether its memory changes from step to step, and so belongs to the state of a run. False: it is made anew whenever a run starts.</summary>
    internal virtual bool SavesMemory => true;

    /// <summary>Whether the generator's part looks at real pictures, too: then its step draws and judges some.</summary>
    internal virtual bool ComparesWithReal => false;

    /// <summary>What it remembers from step to step, saved with the state of a run; null: nothing. The caller owns it.</summary>
    public virtual Module? CreateMemory() => null;

    /// <summary>
    /// Whether, at this update of the discriminator, it needs the graph from real pictures to their logits: then the
    /// pictures ask for gradients.
    /// </summary>
    /// <param name="update">Updates before.</param>
    public virtual bool DifferentiatesReal(long update) => false;

    /// <summary>Refuses a run in which it has no meaning, before anything is built.</summary>
    /// <param name="model">The architecture.</param>
    /// <param name="images">What the pictures are like.</param>
    /// <param name="classNames">Their classes.</param>
    /// <exception cref="ConfigException">Names what does not fit and the cure.</exception>
    internal virtual void RequireFit(ModelConfig model, ImageSpec images, IReadOnlyList<string> classNames)
    {
    }

    /// <summary>What is added to the discriminator's loss, a scalar; null: nothing at this update.</summary>
    /// <param name="step">What the step did so far.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual Tensor? ForDiscriminator(LossStep step, Module? memory) => null;

    /// <summary>What is added to the generator's loss, a scalar; null: nothing at this update.</summary>
    /// <param name="step">What the step did so far.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual Tensor? ForGenerator(LossStep step, Module? memory) => null;

    /// <summary>Refuses numbers that cannot be.</summary>
    /// <param name="setting">Path of this term among the settings.</param>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    internal virtual void Validate(string setting)
    {
    }
}
