namespace Sagan.Data;

/// <summary>One line of the table of sizes.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Count">Pictures of exactly this size.</param>
public sealed record SizeCount(int Width, int Height, int Count);
