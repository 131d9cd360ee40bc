using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>The gradient penalty of WGAN-GP (Gulrajani et al. 2017, arXiv:1704.00028): slope 1 between real and generated pictures.</summary>
/// <remarks>The mixed pictures are judged under the labels of the real ones, as in StudioGAN.</remarks>
public sealed record GradientPenalty : LossTerm
{
    /// <summary>Factor on the penalty. Default: 10, as in the paper.</summary>
    public double Weight { get; init; } = 10;

    /// <inheritdoc/>
    public override Tensor ForDiscriminator(LossStep step, Module? memory)
    {
        Batch real = step.Real!.Value;
        Tensor share = step.Draws.Uniform([real.Images.Size(0), 1, 1, 1]).To(real.Images.DType);
        Tensor mixed = real.Images * share + step.Fake.Images * (1 - share);
        return Slope.DistanceFromOne(step, mixed, real.Labels) * Weight;
    }
}
