using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Losses.Terms;

/// <summary>How steeply logits rise with pictures: what gradient penalties hold down.</summary>
internal static class Slope
{
    /// <summary>The gradient of each logit with regard to its picture, differentiable again.</summary>
    /// <param name="judgement">Of the pictures.</param>
    /// <param name="pictures">[N, C, R, R] that asked for gradients before they were judged.</param>
    /// <returns>[N, C·R·R].</returns>
    internal static Tensor Of(Judgement judgement, Tensor pictures) =>
        Autograd.Gradients(judgement.Logits.Sum(), [pictures], createGraph: true)[0].Flatten();

    /// <summary>E[(length of the gradient - 1)²] at pictures of one's own: the penalty of WGAN-GP and of DRAGAN.</summary>
    /// <param name="step">Judges the pictures.</param>
    /// <param name="pictures">[N, C, R, R]; constants.</param>
    /// <param name="labels">Of the pictures.</param>
    internal static Tensor DistanceFromOne(LossStep step, Tensor pictures, Tensor labels)
    {
        Tensor leaf = pictures.Detach();
        leaf.RequiresGrad = true;
        return (Of(step.Judge(new Batch(leaf, labels)), leaf).Norm(1) - 1).Square().Mean();
    }
}
