using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>How far two judgements of the same pictures lie apart: what consistency terms hold down.</summary>
internal static class Verdicts
{
    /// <summary>Mean squared difference of the logits, and of the class scores where there are any (StudioGAN).</summary>
    internal static Tensor Distance(Judgement first, Judgement second)
    {
        Tensor logits = (first.Logits - second.Logits).Square().Mean();
        return first.Classes is { } classes ? logits + (classes - second.Classes!).Square().Mean() : logits;
    }
}
