using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Losses.Terms;

/// <summary>The class guess of AC-GAN as a loss (Odena et al. 2017, arXiv:1610.09585), for a discriminator with a classifier head.</summary>
/// <remarks>StudioGAN's ACGAN trains the guess on real pictures only; the paper on generated ones, too.</remarks>
public sealed record AuxiliaryClassifier : LossTerm
{
    /// <summary>Weight of the cross entropy in the discriminator's loss. Default: 1, as in StudioGAN.</summary>
    public double DiscriminatorWeight { get; init; } = 1;

    /// <summary>Weight of the cross entropy in the generator's loss. Default: 1, as in StudioGAN.</summary>
    public double GeneratorWeight { get; init; } = 1;

    /// <summary>Whether the discriminator learns the guess from generated pictures as well, as in the paper. Default: false.</summary>
    public bool LearnsFromGenerated { get; init; }

    /// <inheritdoc/>
    internal override HeadKind? RequiredHead => HeadKind.Classifier;

    /// <inheritdoc/>
    public override Tensor? ForDiscriminator(LossStep step, Module? memory)
    {
        Tensor entropy = Entropy(step.RealJudgement!.Value);
        return (LearnsFromGenerated ? entropy + Entropy(step.FakeJudgement) : entropy) * DiscriminatorWeight;
    }

    /// <inheritdoc/>
    public override Tensor? ForGenerator(LossStep step, Module? memory) => Entropy(step.FakeJudgement) * GeneratorWeight;

    private static Tensor Entropy(Judgement judgement) => Likelihood.CrossEntropy(judgement.Classes!, judgement.Labels!);
}
