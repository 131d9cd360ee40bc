using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>The gradient penalty of DRAGAN (Kodali et al. 2017, arXiv:1705.07215): slope 1 around real pictures.</summary>
/// <remarks>
/// Noise as in StudioGAN: positive, uniform for each value up to half the deviation of the whole batch, times a share drawn
/// for each picture. compare_gan's is centred and clipped.
/// </remarks>
public sealed record NeighbourhoodPenalty : LossTerm
{
    /// <summary>Factor on the penalty. Default: 10.</summary>
    public double Weight { get; init; } = 10;

    /// <summary>Largest noise in standard deviations of the pictures. Default: 0.5.</summary>
    public double Spread { get; init; } = 0.5;

    /// <inheritdoc/>
    public override Tensor ForDiscriminator(LossStep step, Module? memory)
    {
        Batch real = step.Real!.Value;
        Tensor pictures = real.Images.Detach();
        Tensor deviation = ((pictures - pictures.Mean()).Square().Sum() / (pictures.Count - 1)).Sqrt();
        Tensor share = step.Draws.Uniform([pictures.Size(0), 1, 1, 1]).To(pictures.DType);
        Tensor noise = step.Draws.Uniform(pictures.Shape).To(pictures.DType) * deviation * Spread;
        return Slope.DistanceFromOne(step, pictures + noise * share, real.Labels) * Weight;
    }
}
