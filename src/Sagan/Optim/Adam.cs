using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Optim;

/// <summary>The numbers of an Adam optimizer.</summary>
public sealed record AdamConfig
{
    /// <summary>Step size. Default: 2e-4, SNGAN; SAGAN takes 1e-4 for the generator and 4e-4 for the discriminator.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Decay of the mean gradient. Default: 0, as in sngan_projection and SAGAN.</summary>
    public double Beta1 { get; init; }

    /// <summary>Decay of the mean square. Default: 0.9, as in sngan_projection and the SAGAN paper.</summary>
    public double Beta2 { get; init; } = 0.9;

    /// <summary>Added to the root of the mean square. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Adam (Kingma and Ba 2015, arXiv:1412.6980), each step a handful of calls over all parameters at once.</summary>
public sealed class Adam : IDisposable
{
    private readonly AdamConfig _config;
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly Parameter[] _means, _squares;   // no means where beta1 is 0: they would be the gradients

    /// <summary>An optimizer of a network's parameters.</summary>
    public Adam(Module network, AdamConfig config)
    {
        _config = config;
        _parameters = [.. network.NamedParameters()];
        _means = config.Beta1 > 0 ? [.. _parameters.Select(entry => Moment(entry.Value))] : [];
        _squares = [.. _parameters.Select(entry => Moment(entry.Value))];
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>The moments by name, for saving and restoring.</summary>
    public IEnumerable<(string Name, Parameter Value)> State()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_means.Length > 0)
                yield return ($"{_parameters[i].Name}.mean", _means[i]);
            yield return ($"{_parameters[i].Name}.square", _squares[i]);
        }
    }

    /// <summary>Drops all gradients.</summary>
    public void ClearGradients()
    {
        foreach ((_, Parameter parameter) in _parameters)
            parameter.Value.ClearGradient();
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="rateFactor">Factor on the learning rate: the schedule's.</param>
    /// <returns>The norm of all gradients together, a scalar.</returns>
    public Tensor Step(double rateFactor = 1)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Steps++;

        var values = new List<Tensor>();
        var gradients = new List<Tensor>();
        var means = new List<Tensor>();
        var squares = new List<Tensor>();
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].Value.Value.Gradient is not { } gradient)
                continue;
            values.Add(_parameters[i].Value.Value);
            gradients.Add(gradient);
            if (_means.Length > 0)
                means.Add(_means[i].Value);
            squares.Add(_squares[i].Value);
        }

        Tensor norm = Foreach.Norm([.. gradients]);
        Move([.. values], [.. gradients], [.. means], [.. squares], rateFactor);
        return scope.Keep(norm);
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (Parameter moment in _means.Concat(_squares))
            moment.Free();
    }

    private void Move(Tensor[] values, Tensor[] gradients, Tensor[] means, Tensor[] squares, double rateFactor)
    {
        double correction1 = 1 - Math.Pow(_config.Beta1, Steps);
        double correction2 = 1 - Math.Pow(_config.Beta2, Steps);

        if (means.Length > 0)
        {
            Foreach.Scale(means, _config.Beta1);
            Foreach.Add(means, gradients, 1 - _config.Beta1);
        }

        Foreach.Scale(squares, _config.Beta2);
        Foreach.AddProduct(squares, gradients, gradients, 1 - _config.Beta2);

        // sqrt(square / correction2) + epsilon
        Tensor[] scales = Foreach.Sqrt(squares);
        Foreach.Scale(scales, 1 / Math.Sqrt(correction2));
        Foreach.Add(scales, _config.Epsilon);

        double rate = _config.LearningRate * rateFactor / correction1;
        Foreach.AddQuotient(values, means.Length > 0 ? means : gradients, scales, -rate);
    }

    private static Parameter Moment(Parameter parameter)
    {
        var moment = new Parameter(parameter.Name, parameter.Value.Shape, Initializer.Zeros, trained: false);
        moment.To(parameter.Value.Device, parameter.Value.DType);
        return moment;
    }
}
