namespace Sagan.Data;

/// <summary>One line of the class table.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Pictures of the class that can be used.</param>
public sealed record ClassCount(string Name, int Count);
