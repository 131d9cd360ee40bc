using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A named tensor that a module owns: trained (a parameter) or only kept (a buffer).</summary>
/// <remarks>The object is stable while its tensor may be exchanged (device and type moves), so optimizers hold parameters.</remarks>
public sealed class Parameter
{
    private readonly Initializer _initializer;

    internal Parameter(string name, ReadOnlySpan<long> shape, Initializer initializer, bool trained)
    {
        Name = name;
        IsTrained = trained;
        _initializer = initializer;
        using Scope scope = Scope.Open();
        Value = Tensor.Zeros(shape).Own();
        Value.RequiresGrad = trained;
    }

    /// <summary>Name within its module.</summary>
    public string Name { get; }

    /// <summary>True for a parameter, false for a buffer.</summary>
    public bool IsTrained { get; }

    /// <summary>The tensor; owned here.</summary>
    public Tensor Value { get; private set; }

    /// <summary>Sets the values as a new network has them.</summary>
    internal void Initialize(RandomSource random)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();

        // Drawn on the host in single precision whatever the device: a seed means the same network everywhere.
        Tensor fresh = Tensor.Zeros(Value.Shape);
        _initializer.Fill(fresh, random);
        Value.CopyFrom(fresh);
    }

    internal void To(Device device, DType type)
    {
        if (device == Value.Device && type == Value.DType)
            return;
        using Scope scope = Scope.Open();
        bool requiresGrad = Value.RequiresGrad;
        Tensor moved = Value.Detach().To(device, type).Own();
        Value.Free();
        Value = moved;
        Value.RequiresGrad = requiresGrad;
    }

    internal void Free() => Value.Free();
}
