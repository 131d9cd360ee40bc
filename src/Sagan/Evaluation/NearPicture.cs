namespace Sagan.Evaluation;

/// <summary>A real picture near a sample.</summary>
/// <param name="Index">Its place in its collection.</param>
/// <param name="Label">Its class.</param>
/// <param name="Distance">Euclidean distance of the features.</param>
/// <param name="Relative">The same as a multiple of the typical distance of real pictures to their nearest.</param>
public sealed record NearPicture(int Index, long Label, double Distance, double Relative);
