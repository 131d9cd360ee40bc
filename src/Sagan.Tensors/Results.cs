using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>What an operator returned.</summary>
public readonly struct Results
{
    private readonly Operator _operator;
    private readonly Tensor? _only;
    private readonly Value[]? _values;

    internal Results(Operator source, Tensor? only, Value[]? values)
    {
        _operator = source;
        _only = only;
        _values = values;
    }

    /// <summary>The only or first result, a tensor.</summary>
    public Tensor Tensor => _only ?? TensorAt(0);

    /// <summary>All tensors of a result that is a list.</summary>
    public Tensor[] Tensors => At(0).Reference as Tensor[] ?? throw Wrong("a list of tensors", 0);

    /// <summary>The first result, a number.</summary>
    public double Real => At(0).Tag switch
    {
        NativeTag.Real => BitConverter.Int64BitsToDouble(At(0).Bits),
        NativeTag.Integer or NativeTag.Boolean => At(0).Bits,
        _ => throw Wrong("a number", 0),
    };

    /// <summary>The result at a place, a tensor.</summary>
    public Tensor TensorAt(int place) => place == 0 && _only is not null
        ? _only
        : At(place).Reference as Tensor ?? throw Wrong("a tensor", place);

    private Value At(int place) => _values is not null && place < _values.Length ? _values[place] : throw Wrong("a value", place);

    private InvalidOperationException Wrong(string wanted, int place) =>
        new($"{_operator.Name}: result {place} is not {wanted}");
}
