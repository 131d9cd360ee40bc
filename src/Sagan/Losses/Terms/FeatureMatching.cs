using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>Feature matching (Salimans et al. 2016, arXiv:1606.03498): generated pictures shall look the same to the discriminator on average.</summary>
/// <remarks>Mean absolute difference of the mean features that the head reads, as in StudioGAN; the paper squares it.</remarks>
public sealed record FeatureMatching : LossTerm
{
    /// <summary>Factor on the difference in the generator's loss. Default: 1, as in StudioGAN's MHGAN.</summary>
    public double Weight { get; init; } = 1;

    /// <inheritdoc/>
    internal override bool ComparesWithReal => true;

    /// <inheritdoc/>
    public override Tensor ForGenerator(LossStep step, Module? memory)
    {
        Tensor real = step.RealJudgement!.Value.Features!.Detach(), fake = step.FakeJudgement.Features!;   // [N, F]
        return (fake.Mean(0) - real.Mean(0)).Abs().Mean() * Weight;
    }
}
