namespace Sagan.Tensors;

/// <summary>Told of an operator's call.</summary>
/// <param name="called">Which.</param>
/// <param name="arguments">With what.</param>
/// <param name="result">What came of it.</param>
internal delegate void OperatorObserver(Operator called, ReadOnlySpan<Value> arguments, Tensor result);
