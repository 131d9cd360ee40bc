namespace Sagan.Metrics;

/// <summary>A picture near another one.</summary>
/// <param name="Index">Its place in its set.</param>
/// <param name="SquaredDistance">Squared Euclidean distance of the features.</param>
public readonly record struct Neighbour(int Index, double SquaredDistance);
