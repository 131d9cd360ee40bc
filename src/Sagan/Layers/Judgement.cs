using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>What a discriminator says of N pictures.</summary>
/// <param name="Logits">[N]: the higher, the more real.</param>
/// <param name="Classes">[N, K] scores of the classes where the head gives them, else null; K is one more for a multi-class head.</param>
/// <param name="Labels">The labels it judged under, [N]; null in an unconditional network.</param>
/// <param name="Features">[N, F], what its head read; null where a head judged on its own.</param>
public readonly record struct Judgement(Tensor Logits, Tensor? Classes = null, Tensor? Labels = null, Tensor? Features = null)
{
    /// <summary>Logits alone.</summary>
    public static implicit operator Judgement(Tensor logits) => new(logits);

    /// <summary>The same as constants: no gradient flows back through them.</summary>
    public Judgement Detach() => new(Logits.Detach(), Classes?.Detach(), Labels, Features?.Detach());

    /// <summary>The judgements of some of the pictures.</summary>
    /// <param name="index">Which, [M] of Int64.</param>
    public Judgement Pick(Tensor index) => new(
        Logits.IndexSelect(0, index), Classes?.IndexSelect(0, index), Labels?.IndexSelect(0, index), Features?.IndexSelect(0, index));

    /// <summary>The judgements of the first and of the second half of the pictures.</summary>
    public (Judgement First, Judgement Second) Halve()
    {
        (Tensor first, Tensor second) = Logits.Halve(0);
        (Tensor? firstClasses, Tensor? secondClasses) = Classes?.Halve(0) ?? default;
        (Tensor? firstLabels, Tensor? secondLabels) = Labels?.Halve(0) ?? default;
        (Tensor? firstFeatures, Tensor? secondFeatures) = Features?.Halve(0) ?? default;
        return (
            new Judgement(first, firstClasses, firstLabels, firstFeatures),
            new Judgement(second, secondClasses, secondLabels, secondFeatures));
    }
}
