using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>Pictures with their labels, or with another condition in the labels' place, on the device.</summary>
/// <param name="Images">[N, C, R, R] in [-1, 1].</param>
/// <param name="Labels">[N] of Int64; where a generator enlarges pictures, the small ones.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels);
