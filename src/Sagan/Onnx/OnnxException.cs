namespace Sagan.Onnx;

/// <summary>A network cannot be written as ONNX, or a graph is not a valid one.</summary>
/// <param name="place">The layer and operator, or the node.</param>
/// <param name="problem">What is wrong and, where there is one, the cure.</param>
public sealed class OnnxException(string place, string problem) : Exception($"{place}: {problem}")
{
    /// <summary>The layer and operator, or the node.</summary>
    public string Place { get; } = place;
}
