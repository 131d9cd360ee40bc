using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses;

/// <summary>
/// Multi-hinge loss (Kavalerov et al. 2021, arXiv:1912.04216), the multi-class hinge of Crammer and Singer (2001): among the
/// scores of K classes and "generated", the right one shall lead by 1.
/// </summary>
/// <remarks>StudioGAN's MHGAN adds the term <c>feature-matching</c> with weight 1.</remarks>
public sealed record MultiHingeLoss : AdversarialLoss
{
    // Far below any score and far from the end of single precision.
    private const double OutOfTheRunning = 1e30;

    /// <summary>Factor on the generator's loss. Default: 0.05, as in the authors' code and StudioGAN.</summary>
    public double GeneratorWeight { get; init; } = 0.05;

    /// <inheritdoc/>
    internal override HeadKind? RequiredHead => HeadKind.MultiClass;

    /// <summary>E[max(0, 1 + best other score - score of the class)] on real pictures, and of "generated" on generated ones.</summary>
    public override Tensor ForDiscriminator(Judgement real, Judgement fake)
    {
        Tensor generated = fake.Labels!.ZerosLike() + (Scores(fake).Size(1) - 1);
        return Margin(Scores(real), real.Labels!) + Margin(Scores(fake), generated.To(DType.Int64));
    }

    /// <summary>The same of the class that the generator was asked for, times <see cref="GeneratorWeight"/>.</summary>
    public override Tensor ForGenerator(Judgement fake, Judgement? real = null) => Margin(Scores(fake), fake.Labels!) * GeneratorWeight;

    private static Tensor Scores(Judgement judgement) => judgement.Classes!;

    private static Tensor Margin(Tensor scores, Tensor labels)
    {
        Tensor right = labels.OneHot((int)scores.Size(1)).To(scores.DType);              // [N, K + 1]
        Tensor bestOther = (scores - right * OutOfTheRunning).Max(1);
        return (1 + bestOther - (scores * right).Sum(1)).Relu().Mean();
    }
}
