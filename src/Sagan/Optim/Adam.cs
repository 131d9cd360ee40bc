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
        double rate = config.LearningRate * rateFactor / (1 - Math.Pow(config.Beta1, Steps));
        double correction = 1 / (1 - Math.Pow(config.Beta2, Steps));
        if (Foreach.TakesAdam(values))
            Foreach.Adam(values, gradients, config.Beta1 > 0 ? moments[0] : [], moments[^1], config.Beta1, config.Beta2, rate, correction, config.Epsilon);
        else
            MoveListByList(values, gradients, moments, rate, correction);
    }

    private void MoveListByList(Tensor[] values, Tensor[] gradients, Tensor[][] moments, double rate, double correction)
    {
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

        // sqrt(square · correction) + epsilon
        Tensor[] scales = Foreach.Sqrt(squares);
        Foreach.Scale(scales, Math.Sqrt(correction));
        Foreach.Add(scales, config.Epsilon);
        Foreach.AddQuotient(values, means, scales, -rate);
    }
}
