using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>
/// Balanced consistency, bCR (Zhao et al. 2021, arXiv:2002.04724): neither a real nor a generated picture becomes more or
/// less real when it is mirrored or shifted.
/// </summary>
public sealed record BalancedConsistency : LossTerm
{
    /// <summary>Factor on the mean squared difference on real pictures. Default: 10, as in the paper.</summary>
    public double RealWeight { get; init; } = 10;

    /// <summary>Factor on the mean squared difference on generated pictures. Default: 10, as in the paper.</summary>
    public double FakeWeight { get; init; } = 10;

    /// <inheritdoc/>
    public override Tensor ForDiscriminator(LossStep step, Module? memory) =>
        Distance(step, step.Real!.Value, step.RealJudgement!.Value) * RealWeight
        + Distance(step, step.Fake, step.FakeJudgement) * FakeWeight;

    private static Tensor Distance(LossStep step, Batch batch, Judgement judgement)
    {
        Batch changed = batch with { Images = FlipAndShift.Apply(batch.Images.Detach(), step.Draws) };
        return Verdicts.Distance(judgement, step.Judge(changed));
    }
}
