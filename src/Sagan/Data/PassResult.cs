namespace Sagan.Data;

/// <summary>What became of one picture.</summary>
/// <param name="Index">Its index in <see cref="PictureSource.Entries"/>.</param>
/// <param name="Value">The result, or null when the picture is bad.</param>
/// <param name="Failure">Why it is bad, or null.</param>
internal readonly record struct PassResult<T>(int Index, T? Value, string? Failure)
    where T : class;
