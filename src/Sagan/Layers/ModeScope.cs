namespace Sagan.Layers;

/// <summary>A change between training and evaluation; disposing restores what was.</summary>
/// <remarks>Nobody can leave a network in the wrong mode by forgetting to switch back.</remarks>
public readonly ref struct ModeScope : IDisposable
{
    private readonly (Module Module, bool Training)[] _former;

    internal ModeScope(Module module, bool training)
    {
        _former = [.. module.SelfAndDescendants().Select(part => (part, part.IsTraining))];
        module.SetTraining(training);
    }

    /// <summary>Restores each part's former mode.</summary>
    public void Dispose()
    {
        foreach ((Module part, bool training) in _former)
            part.SetTrainingAlone(training);
    }
}

/// <summary>A tree that asks for no gradients; disposing makes its parameters ask again.</summary>
public readonly ref struct FreezeScope : IDisposable
{
    private readonly Parameter[] _frozen;

    internal FreezeScope(Module module)
    {
        _frozen = [.. module.NamedParameters().Select(entry => entry.Value).Where(parameter => parameter.Value.RequiresGrad)];
        foreach (Parameter parameter in _frozen)
            parameter.Value.RequiresGrad = false;
    }

    /// <summary>Makes the parameters ask for gradients again.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in _frozen)
            parameter.Value.RequiresGrad = true;
    }
}
