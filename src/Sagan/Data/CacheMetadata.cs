namespace Sagan.Data;

/// <summary>What a cache file tells about its pixels; stored as JSON.</summary>
internal sealed record CacheMetadata
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Fingerprint { get; init; }

    public required int Channels { get; init; }

    public required int Resolution { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>For a person: things that were decided on the way.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Pictures that were left out.</summary>
    public required IReadOnlyList<BadPicture> Bad { get; init; }

    /// <summary>One label for each picture.</summary>
    public required IReadOnlyList<int> Labels { get; init; }

    /// <summary>The path of each picture inside its source.</summary>
    public required IReadOnlyList<string> PictureNames { get; init; }
}
