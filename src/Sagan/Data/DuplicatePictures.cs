namespace Sagan.Data;

/// <summary>Pictures whose pixels are the same.</summary>
/// <param name="Names">Two or more paths inside the source.</param>
/// <param name="AcrossClasses">They are not all of one class: at least one label is wrong.</param>
public sealed record DuplicatePictures(IReadOnlyList<string> Names, bool AcrossClasses);
