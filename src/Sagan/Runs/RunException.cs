namespace Sagan.Runs;

/// <summary>A run directory cannot be used: which, why, and the cure, in one line.</summary>
public sealed class RunException(string message) : Exception(message);
