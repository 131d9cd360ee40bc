namespace Sagan.Training.Classification;

/// <summary>How far the training of a classifier is.</summary>
/// <param name="Images">Pictures shown so far.</param>
/// <param name="TotalImages">Pictures at which it ends.</param>
/// <param name="Loss">Mean cross entropy since the last tick.</param>
/// <param name="ImagesPerSecond">Speed since the last tick.</param>
/// <param name="SecondsLeft">To the end at this speed.</param>
public sealed record ClassifierTick(long Images, long TotalImages, double Loss, double ImagesPerSecond, double SecondsLeft);
