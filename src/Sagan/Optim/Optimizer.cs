using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Optim;

/// <summary>Moves the parameters of a network against their gradients, each step a handful of calls over all of them at once.</summary>
public abstract class Optimizer : IDisposable
{
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly (string Name, Parameter[] OfParameters)[] _moments;

    /// <param name="network">Whose parameters to move.</param>
    /// <param name="moments">Names of the running means to keep of every parameter.</param>
    private protected Optimizer(Module network, IReadOnlyList<string> moments)
    {
        _parameters = [.. network.NamedParameters()];
        _moments = [.. moments.Select(name => (name, _parameters.Select(entry => Moment(entry.Value)).ToArray()))];
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>The running means by name, for saving and restoring.</summary>
    public IEnumerable<(string Name, Parameter Value)> State() =>
        from entry in _parameters.Index()
        from moment in _moments
        select ($"{entry.Item.Name}.{moment.Name}", moment.OfParameters[entry.Index]);

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
        Prepare(rateFactor);
        Tensor norm = Apply();
        Steps++;
        return norm;
    }

    /// <summary>Whether all that changes from step to step lies on the device, so that <see cref="Apply"/> may be recorded in a graph.</summary>
    internal virtual bool IsRecordable => false;

    /// <summary>Notes the coming step's numbers, on the device where it reads them there.</summary>
    internal virtual void Prepare(double rateFactor) => RateFactor = rateFactor;

    /// <summary>The part of a step that the device does. Who calls it prepares it before and counts <see cref="Steps"/> behind it.</summary>
    /// <returns>The norm of all gradients together, a scalar.</returns>
    internal Tensor Apply()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();

        int[] moved = [.. Enumerable.Range(0, _parameters.Length).Where(i => _parameters[i].Value.Value.Gradient is not null)];
        Tensor[] gradients = [.. moved.Select(i => _parameters[i].Value.Value.Gradient!)];
        Tensor norm = Foreach.Norm(gradients);
        Move(
            [.. moved.Select(i => _parameters[i].Value.Value)],
            gradients,
            [.. _moments.Select(moment => moved.Select(i => moment.OfParameters[i].Value).ToArray())]);
        return scope.Keep(norm);
    }

    /// <summary>Frees the running means.</summary>
    public virtual void Dispose()
    {
        foreach (Parameter moment in _moments.SelectMany(moment => moment.OfParameters))
            moment.Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Factor on the learning rate of the coming step.</summary>
    private protected double RateFactor { get; private set; } = 1;

    /// <summary>Brings the means forward and the values with them.</summary>
    /// <param name="values">Of the parameters that have a gradient.</param>
    /// <param name="gradients">Theirs, in the same order.</param>
    /// <param name="moments">One list for each running mean, in the same order.</param>
    private protected abstract void Move(Tensor[] values, Tensor[] gradients, Tensor[][] moments);

    private static Parameter Moment(Parameter parameter)
    {
        var moment = new Parameter(parameter.Name, parameter.Value.Shape, Initializer.Zeros, trained: false);
        moment.To(parameter.Value.Device, parameter.Value.DType);
        return moment;
    }
}
