namespace Sagan.Training.Collapse;

/// <summary>How varied the pictures of a grid are.</summary>
/// <param name="Share">Distance between pictures of a class over that of real ones, mean over classes: 1 as varied, 0 all equal.</param>
/// <param name="LeastClass">The class with the least.</param>
/// <param name="Least">Its share.</param>
internal sealed record GridDiversity(double Share, string LeastClass, double Least);
