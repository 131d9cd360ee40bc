using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Optim;

/// <summary>Adam (Kingma and Ba 2015, arXiv:1412.6980).</summary>
/// <param name="network">Whose parameters to move.</param>
/// <param name="config">The numbers.</param>
public sealed class Adam(Module network, AdamConfig config) : Optimizer(network, config.Moments)
{
    private protected override void Move(Tensor[] values, Tensor[] gradients, Tensor[][] moments, double rateFactor)
    {
        double correction1 = 1 - Math.Pow(config.Beta1, Steps);
        double correction2 = 1 - Math.Pow(config.Beta2, Steps);

        Tensor[] means = gradients;
        if (config.Beta1 > 0)
        {
            means = moments[0];
            Foreach.Scale(means, config.Beta1);
            Foreach.Add(means, gradients, 1 - config.Beta1);
        }

        Tensor[] squares = moments[^1];
        Foreach.Scale(squares, config.Beta2);
        Foreach.AddProduct(squares, gradients, gradients, 1 - config.Beta2);

        // sqrt(square / correction2) + epsilon
        Tensor[] scales = Foreach.Sqrt(squares);
        Foreach.Scale(scales, 1 / Math.Sqrt(correction2));
        Foreach.Add(scales, config.Epsilon);

        double rate = config.LearningRate * rateFactor / correction1;
        Foreach.AddQuotient(values, means, scales, -rate);
    }
}
