using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>R1 (Mescheder et al. 2018, arXiv:1801.04406): a flat discriminator on real pictures.</summary>
/// <remarks>
/// Weight / 2 · E|∇ logit|². Lazy (Karras et al. 2020, arXiv:1912.04958, appendix B): at every n-th update only, n times as
/// strong. It is added to that update's loss, as StudioGAN's "inside_loop"; StyleGAN2's code makes a step of its own of it.
/// </remarks>
public sealed record RealGradientPenalty : LossTerm
{
    /// <summary>γ of the paper. Default: 10, as there; StudioGAN's StyleGAN2 on CIFAR-10 has 0.01.</summary>
    public double Weight { get; init; } = 10;

    /// <summary>Updates of the discriminator from one penalty to the next. Default: 1, every one; StyleGAN2 has 16.</summary>
    public int Interval { get; init; } = 1;

    /// <inheritdoc/>
    public override bool DifferentiatesReal(long update) => update % Interval == 0;

    /// <inheritdoc/>
    public override Tensor? ForDiscriminator(LossStep step, Module? memory)
    {
        if (!DifferentiatesReal(step.Update))
            return null;
        Tensor slope = Slope.Of(step.RealJudgement!.Value, step.Real!.Value.Images);
        return slope.Square().Sum(1).Mean() * (Weight / 2 * Interval);
    }

    /// <inheritdoc/>
    internal override void Validate(string setting)
    {
        if (Interval < 1)
            throw new ConfigException($"{setting}.interval", $"is {Interval}; it must be at least 1");
    }
}
