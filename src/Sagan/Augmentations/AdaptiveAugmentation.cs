using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Augmentations;

/// <summary>
/// Adaptive discriminator augmentation, ADA (Karras et al. 2020, arXiv:2006.06676): each change is made with a probability p,
/// which rises while the discriminator is too sure of real pictures and falls else.
/// </summary>
/// <remarks>
/// Pixel moves, geometric and colour changes with the ranges of the authors' code (the pipe "bgc"). The heuristic is the mean
/// sign of the logits of real pictures: a loss whose undecided logit is 0 is presumed (non-saturating, hinge).
/// </remarks>
public sealed record AdaptiveAugmentation : Augmentation
{
    /// <summary>Mean sign of the logits on real pictures that p is moved towards; null: p stays as it is. Default: 0.6.</summary>
    public double? Target { get; init; } = 0.6;

    /// <summary>Where p starts. Default: 0.</summary>
    public double Probability { get; init; }

    /// <summary>Updates of the discriminator between two moves of p. Default: 4.</summary>
    public int IntervalUpdates { get; init; } = 4;

    /// <summary>Real pictures in which p can go from 0 to 1. Default: 500,000.</summary>
    public long RampImages { get; init; } = 500_000;

    /// <inheritdoc/>
    public override Module CreateMemory() => new AdaptiveMemory(Probability);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, Draws draws, Module? memory)
    {
        double probability = Memory(memory).Probability;
        return ColourChange.Apply(GeometricChange.Apply(pictures, draws, probability), draws, probability);
    }

    /// <inheritdoc/>
    public override void Observe(Judgement real, Module? memory) => Memory(memory).Observe(real.Logits);

    /// <inheritdoc/>
    public override void Adapt(long updates, Module? memory)
    {
        if (Target is { } target && updates % IntervalUpdates == 0)
            Memory(memory).Adapt(target, RampImages);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Figures(Module? memory) =>
        [("augmentationProbability", Memory(memory).Probability)];

    /// <inheritdoc/>
    internal override void Validate(string setting)
    {
        if (Target is < -1 or > 1)
            throw new ConfigException($"{setting}.target", $"is {Target}; a mean sign lies between -1 and 1; null keeps the probability as it is");
        if (Probability is < 0 or > 1)
            throw new ConfigException($"{setting}.probability", $"is {Probability}; it must lie between 0 and 1");
        if (IntervalUpdates < 1)
            throw new ConfigException($"{setting}.intervalUpdates", $"is {IntervalUpdates}; it must be at least 1");
        if (RampImages < 1)
            throw new ConfigException($"{setting}.rampImages", $"is {RampImages}; it must be at least 1");
    }

    private static AdaptiveMemory Memory(Module? memory) => (AdaptiveMemory)memory!;
}
