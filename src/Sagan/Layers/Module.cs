using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A tree of named parameters and buffers. Owns their tensors and disposes them.</summary>
/// <remarks>Names are explicit: the name is the key in a snapshot, and renaming a C# field does not rename a weight.</remarks>
public abstract class Module : IDisposable
{
    // Drawn vectors point anywhere; after a few steps the first forward pass divides by a sensible number.
    private const int InitialIterations = 5;

    private readonly List<Parameter> _own = [];
    private readonly List<(string Name, Module Module)> _children = [];
    private readonly List<Weight> _normalizedWeights = [];
    private Module? _parent;
    private string _name = "";

    /// <summary>True while batch statistics are taken from the batch and spectral norms advance.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>Place in the tree, for instance <c>generator.block3.norm1</c>.</summary>
    public string Path => _parent is { Path.Length: > 0 } ? $"{_parent.Path}.{_name}" : _name;

    /// <summary>Direct parts, by name.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => _children;

    /// <summary>All parameters and buffers of the tree, in order of registration, with dotted names.</summary>
    public IEnumerable<(string Name, Parameter Value)> State()
    {
        foreach (Parameter own in _own)
            yield return (own.Name, own);
        foreach ((string name, Module child) in _children)
        {
            foreach ((string inner, Parameter value) in child.State())
                yield return ($"{name}.{inner}", value);
        }
    }

    /// <summary>What is trained.</summary>
    public IEnumerable<(string Name, Parameter Value)> NamedParameters() => State().Where(entry => entry.Value.IsTrained);

    /// <summary>What is only kept: statistics, singular vectors.</summary>
    public IEnumerable<(string Name, Parameter Value)> NamedBuffers() => State().Where(entry => !entry.Value.IsTrained);

    /// <summary>This module and all below it.</summary>
    public IEnumerable<Module> SelfAndDescendants() =>
        _children.SelectMany(child => child.Module.SelfAndDescendants()).Prepend(this);

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => NamedParameters().Sum(entry => entry.Value.Value.Count);

    /// <summary>Number of trained values of this module alone, without its parts.</summary>
    internal long OwnParameterCount => _own.Where(own => own.IsTrained).Sum(own => own.Value.Count);

    /// <summary>Every spectrally normalised weight of the tree, by the dotted name of its layer, in order of registration.</summary>
    internal IEnumerable<(string Layer, Weight Weight)> NormalizedWeights()
    {
        foreach (Weight weight in _normalizedWeights)
            yield return ("", weight);
        foreach ((string name, Module child) in _children)
        {
            foreach ((string inner, Weight weight) in child.NormalizedWeights())
                yield return (inner.Length == 0 ? name : $"{name}.{inner}", weight);
        }
    }

    /// <summary>Sets all values as a new network has them.</summary>
    public void Initialize(RandomSource random)
    {
        foreach ((_, Parameter value) in State())
            value.Initialize(random);
        AdvanceSpectralNorms(InitialIterations);
    }

    /// <summary>Advances every power iteration of the tree without a forward pass, where weights have changed otherwise.</summary>
    public void AdvanceSpectralNorms(int iterations)
    {
        foreach (Module module in SelfAndDescendants())
        {
            for (int i = 0; i < iterations; i++)
                module.AdvanceOwnSpectralNorm();
        }
    }

    /// <summary>Takes over the values of a module of the same build.</summary>
    public void CopyFrom(Module other)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        foreach (((_, Parameter mine), (_, Parameter theirs)) in State().Zip(other.State()))
            mine.Value.CopyFrom(theirs.Value);
    }

    /// <summary>Moves everything to a device.</summary>
    public void To(Device device) => To(device, null);

    /// <summary>Makes everything of another element type; double precision serves gradient checks.</summary>
    public void To(DType type) => To(null, type);

    /// <summary>Evaluation until disposed: running statistics, spectral norms at rest. The former mode returns.</summary>
    public ModeScope Eval() => new(this, training: false);

    /// <summary>Training until disposed. The former mode returns.</summary>
    public ModeScope Train() => new(this, training: true);

    /// <summary>Until disposed, nothing in the tree asks for gradients: no work is spent on them.</summary>
    public FreezeScope Freeze() => new(this);

    /// <summary>Frees all tensors of the tree.</summary>
    public void Dispose()
    {
        foreach (Parameter own in _own)
            own.Free();
        foreach ((_, Module child) in _children)
            child.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void SetTraining(bool training)
    {
        foreach (Module module in SelfAndDescendants())
            module.IsTraining = training;
    }

    internal void SetTrainingAlone(bool training) => IsTraining = training;

    /// <summary>Makes a spectrally normalised weight of this module known.</summary>
    internal void Register(Weight weight) => _normalizedWeights.Add(weight);

    /// <summary>Names the root of a tree, for paths in messages.</summary>
    internal void Rename(string name) => _name = name;

    /// <summary>Registers a trained tensor.</summary>
    protected internal Parameter Parameter(string name, ReadOnlySpan<long> shape, Initializer initializer) =>
        Register(new Parameter(name, shape, initializer, trained: true));

    /// <summary>Registers a tensor that is kept and saved but not trained.</summary>
    protected internal Parameter Buffer(string name, ReadOnlySpan<long> shape, Initializer initializer) =>
        Register(new Parameter(name, shape, initializer, trained: false));

    /// <summary>Registers a part.</summary>
    protected T Child<T>(string name, T child)
        where T : Module
    {
        child._parent = this;
        child._name = name;
        _children.Add((name, child));
        return child;
    }

    /// <summary>One step of this module's own power iteration, where it has one.</summary>
    private protected virtual void AdvanceOwnSpectralNorm()
    {
    }

    /// <summary>Refuses a tensor whose channels are not those the layer was built for.</summary>
    /// <exception cref="ShapeException">Names this layer's path.</exception>
    private protected void RequireChannels(Tensor x, int rank, long channels)
    {
        if (x.Rank != rank || x.Size(1) != channels)
            throw new ShapeException(Place, rank == 4 ? $"[N, {channels}, H, W]" : $"[N, {channels}]", x.Shape);
    }

    /// <summary>The condition, where the layer cannot do without.</summary>
    /// <param name="condition">Labels [N] or vectors [N, size].</param>
    /// <param name="count">N, that of the layer's input: a single label would otherwise spread over the batch unnoticed.</param>
    /// <exception cref="ArgumentNullException">There is none; the message names the layer's path.</exception>
    /// <exception cref="ShapeException">There are more or fewer than inputs; the message names the layer's path.</exception>
    private protected Tensor Require(Tensor? condition, long count)
    {
        if (condition is null)
            throw new ArgumentNullException(nameof(condition), $"{Place}: a class-conditional layer was called without labels");
        if (condition.Rank == 0 || condition.Size(0) != count)
            throw new ShapeException($"{Place}, labels", $"{count} of them", condition.Shape);
        return condition;
    }

    /// <summary>The path for messages, or the kind of layer where it stands alone.</summary>
    private protected string Place => Path.Length > 0 ? Path : GetType().Name;

    private Parameter Register(Parameter parameter)
    {
        _own.Add(parameter);
        return parameter;
    }

    private void To(Device? device, DType? type)
    {
        foreach ((_, Parameter value) in State())
            value.To(device ?? value.Value.Device, type ?? value.Value.DType);
    }
}
