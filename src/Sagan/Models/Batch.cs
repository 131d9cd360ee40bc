using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>Pictures with their labels, on the device.</summary>
/// <param name="Images">[N, C, R, R] in [-1, 1].</param>
/// <param name="Labels">[N] of Int64.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels);
