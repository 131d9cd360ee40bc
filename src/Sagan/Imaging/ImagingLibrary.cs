namespace Sagan.Imaging;

/// <summary>A system library that reads and writes pictures.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Format">The format it is for.</param>
/// <param name="File">The name under which the system's loader finds it; null where it does not.</param>
/// <param name="Cure">How to install it.</param>
public sealed record ImagingLibrary(string Name, ImageFormat Format, string? File, string Cure);
