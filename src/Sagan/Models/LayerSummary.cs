namespace Sagan.Models;

/// <summary>One layer of a network.</summary>
/// <param name="Path">Place in the network, for instance <c>block3.conv1</c>.</param>
/// <param name="Kind">What it is, for instance <c>Conv2d</c>.</param>
/// <param name="Output">Shape of its result for one picture, the batch left out; empty where it is not known.</param>
/// <param name="Parameters">Trained values of its own.</param>
/// <param name="Flops">Floating-point operations a picture, two a multiplication with its addition.</param>
/// <param name="IsAttention">Whether it is attention, or part of it.</param>
public sealed record LayerSummary(string Path, string Kind, IReadOnlyList<long> Output, long Parameters, long Flops, bool IsAttention);
