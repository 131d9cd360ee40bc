using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>
/// Latent consistency, zCR (Zhao et al. 2021, arXiv:2002.04724): for latents that hardly differ the discriminator shall give
/// the same verdict, and the generator pictures that do differ.
/// </summary>
/// <remarks>Numbers as in StudioGAN. The generator's distance is between plain pictures, not augmented ones.</remarks>
public sealed record LatentConsistency : LossTerm
{
    /// <summary>Standard deviation of what is added to the latents. Default: 0.05.</summary>
    public double Deviation { get; init; } = 0.05;

    /// <summary>Factor on the mean squared difference of verdicts in the discriminator's loss. Default: 20.</summary>
    public double DiscriminatorWeight { get; init; } = 20;

    /// <summary>Factor on the mean squared difference of pictures, subtracted from the generator's loss. Default: 0.5.</summary>
    public double GeneratorWeight { get; init; } = 0.5;

    /// <inheritdoc/>
    public override Tensor ForDiscriminator(LossStep step, Module? memory)
    {
        Batch near;
        using (Autograd.NoGrad())
            near = DrawNear(step);
        return Verdicts.Distance(step.FakeJudgement, step.Judge(near)) * DiscriminatorWeight;
    }

    /// <inheritdoc/>
    public override Tensor ForGenerator(LossStep step, Module? memory) =>
        (step.Fake.Images - DrawNear(step).Images).Square().Mean() * -GeneratorWeight;

    private Batch DrawNear(LossStep step)
    {
        Tensor latents = step.Latents + step.Draws.Normal(step.Latents.Shape).To(step.Latents.DType) * Deviation;
        return step.Fake with { Images = step.Gan.Generator.Forward(latents, step.Fake.Labels) };
    }
}
