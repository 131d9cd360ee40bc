using Sagan.Layers;

namespace Sagan.Optim;

/// <summary>The numbers of an RMSProp optimizer.</summary>
public sealed record RmsPropConfig : OptimizerConfig
{
    /// <summary>Step size. Default: 5e-5, WGAN (arXiv:1701.07875, algorithm 1).</summary>
    public override double LearningRate { get; init; } = 5e-5;

    /// <summary>Decay of the mean square. Default: 0.99, torch's, with which WGAN's authors trained; Tieleman and Hinton have 0.9.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>Added to the root of the mean square. Default: 1e-8, torch's.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override IReadOnlyList<string> Moments => ["square"];

    internal override (string Setting, string Cure)? Fault => this switch
    {
        { LearningRate: not > 0 } => ("learningRate", "must be above 0, as in 5e-5"),
        { Decay: not (>= 0 and < 1) } => ("decay", "must be at least 0 and below 1"),
        { Epsilon: not >= 0 } => ("epsilon", "must not be negative"),
        _ => null,
    };

    /// <inheritdoc/>
    public override Optimizer Build(Module network) => new RmsProp(network, this);
}
