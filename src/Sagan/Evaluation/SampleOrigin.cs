namespace Sagan.Evaluation;

/// <summary>How pictures that are scored came about; all but the name is null where no network drew them.</summary>
/// <param name="Name">What was scored.</param>
public sealed record SampleOrigin(string Name)
{
    /// <summary>Real pictures that the network had been shown.</summary>
    public long? Images { get; init; }

    /// <summary>Whether the averaged generator drew.</summary>
    public bool? Ema { get; init; }

    /// <summary>Which statistics batch norm used: running, or standing with their batches.</summary>
    public string? BatchNorm { get; init; }

    /// <summary>Truncation of the latents with its mode; null: none.</summary>
    public string? Truncation { get; init; }

    /// <summary>Decides which latents are drawn.</summary>
    public long? Seed { get; init; }
}
