using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Optim;

/// <summary>Adam (Kingma and Ba 2015, arXiv:1412.6980).</summary>
public sealed class Adam : Optimizer
{
    private readonly AdamConfig _config;
    private readonly Tensor? _rate, _step;   // where libtorch's own step reads its numbers on a GPU

    /// <param name="network">Whose parameters to move; on its device already.</param>
    /// <param name="config">The numbers.</param>
    public Adam(Module network, AdamConfig config)
        : this(network, config, network.NamedParameters().Select(entry => entry.Value.Value).FirstOrDefault() is { } first && Foreach.TakesFusedAdam(first))
    {
    }

    /// <param name="network">As above.</param>
    /// <param name="config">As above.</param>
    /// <param name="fuses">Whether by libtorch's own step.</param>
    internal Adam(Module network, AdamConfig config, bool fuses)
        : base(network, config.Moments)
    {
        _config = config;
        if (!fuses)
            return;

        using Scope scope = Scope.Open();
        Device device = network.NamedParameters().First().Value.Value.Device;
        _rate = Tensor.Zeros([], device: device).Own();
        _step = Tensor.Zeros([], device: device).Own();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _rate?.Free();
        _step?.Free();
    }

    internal override bool IsRecordable => _rate is not null;

    internal override void Prepare(double rateFactor)
    {
        base.Prepare(rateFactor);
        _rate?.CopyFrom<float>([(float)(_config.LearningRate * rateFactor)]);
        _step?.CopyFrom<float>([Steps + 1]);
    }

    private protected override void Move(Tensor[] values, Tensor[] gradients, Tensor[][] moments)
    {
        if (_rate is not null)
        {
            Foreach.FusedAdam(
                values, gradients, _config.Beta1 > 0 ? moments[0] : gradients, moments[^1], _rate, _step!, _config.Beta1, _config.Beta2, _config.Epsilon);
            return;
        }

        double rate = _config.LearningRate * RateFactor / (1 - Math.Pow(_config.Beta1, Steps + 1));
        double correction = 1 / (1 - Math.Pow(_config.Beta2, Steps + 1));
        if (Foreach.TakesAdam(values))
            Foreach.Adam(values, gradients, _config.Beta1 > 0 ? moments[0] : [], moments[^1], _config.Beta1, _config.Beta2, rate, correction, _config.Epsilon);
        else
            MoveListByList(values, gradients, moments, rate, correction);
    }

    private void MoveListByList(Tensor[] values, Tensor[] gradients, Tensor[][] moments, double rate, double correction)
    {
        Tensor[] means = gradients;
        if (_config.Beta1 > 0)
        {
            means = moments[0];
            Foreach.Scale(means, _config.Beta1);
            Foreach.Add(means, gradients, 1 - _config.Beta1);
        }

        Tensor[] squares = moments[^1];
        Foreach.Scale(squares, _config.Beta2);
        Foreach.AddProduct(squares, gradients, gradients, 1 - _config.Beta2);

        // sqrt(square · correction) + epsilon
        Tensor[] scales = Foreach.Sqrt(squares);
        Foreach.Scale(scales, Math.Sqrt(correction));
        Foreach.Add(scales, _config.Epsilon);
        Foreach.AddQuotient(values, means, scales, -rate);
    }
}
