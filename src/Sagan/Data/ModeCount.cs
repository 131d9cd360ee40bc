namespace Sagan.Data;

/// <summary>One line of the table of colour modes.</summary>
/// <param name="Mode">"gray", "colour" or "transparent".</param>
/// <param name="Count">Pictures that are stored so.</param>
public sealed record ModeCount(string Mode, int Count);
