using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>Consistency regularisation, CR (Zhang et al. 2020, arXiv:1910.12027): a real picture mirrored or shifted is as real.</summary>
public sealed record Consistency : LossTerm
{
    /// <summary>Factor on the mean squared difference. Default: 10, as in the paper.</summary>
    public double Weight { get; init; } = 10;

    /// <inheritdoc/>
    public override Tensor ForDiscriminator(LossStep step, Module? memory)
    {
        Batch real = step.Real!.Value;
        Judgement changed = step.Judge(real with { Images = FlipAndShift.Apply(real.Images.Detach(), step.Draws) });
        return Verdicts.Distance(step.RealJudgement!.Value, changed) * Weight;
    }
}
