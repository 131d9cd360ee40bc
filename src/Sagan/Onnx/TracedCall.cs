namespace Sagan.Onnx;

/// <summary>One operator's call in a recorded forward pass.</summary>
/// <param name="Operator">Qualified name, as <c>aten::conv2d</c>.</param>
/// <param name="Layer">Path of the layer that called it.</param>
/// <param name="Arguments">Each a <see cref="TracedValue"/>, an array of them, a number, a truth value, a list of numbers, or null.</param>
/// <param name="Result">What it made.</param>
internal sealed record TracedCall(string Operator, string Layer, object?[] Arguments, TracedValue Result)
{
    /// <summary>An argument that is a tensor.</summary>
    internal TracedValue Tensor(int place) => (TracedValue)Arguments[place]!;

    /// <summary>An argument that may be left out.</summary>
    internal TracedValue? OptionalTensor(int place) => (TracedValue?)Arguments[place];

    internal TracedValue[] Tensors(int place) => (TracedValue[])Arguments[place]!;

    internal long Integer(int place) => (long)Arguments[place]!;

    /// <summary>An axis counted from the front.</summary>
    internal long Axis(int place, int rank) => Integer(place) < 0 ? Integer(place) + rank : Integer(place);

    internal long[] Integers(int place) => (long[])Arguments[place]!;

    internal double Real(int place) => Convert.ToDouble(Arguments[place], null);

    internal double? OptionalReal(int place) => Arguments[place] is null ? null : Real(place);

    internal bool Flag(int place) => (bool)Arguments[place]!;

    /// <summary>Says that the graph cannot have this.</summary>
    internal OnnxException Refusal(string problem) => new(Layer.Length > 0 ? $"{Layer}: {Operator}" : Operator, problem);
}
