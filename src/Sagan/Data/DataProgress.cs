namespace Sagan.Data;

/// <summary>How far a pass over the pictures has come.</summary>
/// <param name="Phase">What is being done, for a person: "Listing", "Reading sizes", "Decoding".</param>
/// <param name="Done">Pictures done in this phase.</param>
/// <param name="Total">Pictures in this phase, or null when unknown.</param>
public readonly record struct DataProgress(string Phase, long Done, long? Total);
