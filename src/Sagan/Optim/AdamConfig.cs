using Sagan.Layers;

namespace Sagan.Optim;

/// <summary>The numbers of an Adam optimizer.</summary>
public sealed record AdamConfig : OptimizerConfig
{
    /// <summary>Step size. Default: 2e-4, SNGAN; SAGAN takes 1e-4 for the generator and 4e-4 for the discriminator.</summary>
    public override double LearningRate { get; init; } = 2e-4;

    /// <summary>Decay of the mean gradient. Default: 0, as in sngan_projection and SAGAN.</summary>
    public double Beta1 { get; init; }

    /// <summary>Decay of the mean square. Default: 0.9, as in sngan_projection and the SAGAN paper.</summary>
    public double Beta2 { get; init; } = 0.9;

    /// <summary>Added to the root of the mean square. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    // Where beta1 is 0 the mean is the gradient: nothing to keep.
    internal override IReadOnlyList<string> Moments => Beta1 > 0 ? ["mean", "square"] : ["square"];

    internal override (string Setting, string Cure)? Fault => this switch
    {
        { LearningRate: not > 0 } => ("learningRate", "must be above 0, as in 2e-4"),
        { Beta1: not (>= 0 and < 1) } => ("beta1", "must be at least 0 and below 1"),
        { Beta2: not (>= 0 and < 1) } => ("beta2", "must be at least 0 and below 1"),
        { Epsilon: not >= 0 } => ("epsilon", "must not be negative"),
        _ => null,
    };

    /// <inheritdoc/>
    public override Optimizer Build(Module network) => new Adam(network, this);
}
