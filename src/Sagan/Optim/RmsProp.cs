using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Optim;

/// <summary>RMSProp (Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"): the gradient over the root of its running mean square.</summary>
/// <remarks>
/// The mean starts at 0 and nothing corrects for it, as in torch: the first step is 1 / sqrt(1 - decay) times the rate, ten
/// times with the default. It is Adam without the mean gradient, but for that correction.
/// </remarks>
/// <param name="network">Whose parameters to move.</param>
/// <param name="config">The numbers.</param>
public sealed class RmsProp(Module network, RmsPropConfig config) : Optimizer(network, config.Moments)
{
    private protected override void Move(Tensor[] values, Tensor[] gradients, Tensor[][] moments)
    {
        Tensor[] squares = moments[0];
        Foreach.Scale(squares, config.Decay);
        Foreach.AddProduct(squares, gradients, gradients, 1 - config.Decay);

        Tensor[] scales = Foreach.Sqrt(squares);
        Foreach.Add(scales, config.Epsilon);
        Foreach.AddQuotient(values, gradients, scales, -config.LearningRate * RateFactor);
    }
}
