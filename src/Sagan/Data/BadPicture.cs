namespace Sagan.Data;

/// <summary>A picture that cannot be used.</summary>
/// <param name="Name">Its path inside the source.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record BadPicture(string Name, string Reason);
