namespace Sagan.Data;

/// <summary>How long a download puts up with a bad connection.</summary>
public sealed record DownloadPatience
{
    /// <summary>Attempts, the first among them; each continues where the one before broke off. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Pause before the second attempt; it doubles each time. Default: 1 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An attempt ends when no byte arrives for so long. Default: 30 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);
}
