namespace Sagan.Cli.Commands;

/// <summary>How a part of the machine does.</summary>
internal enum FindingState
{
    /// <summary>Here and working.</summary>
    Ok,

    /// <summary>Not here, or not working.</summary>
    Missing,

    /// <summary>Good to know.</summary>
    Note,
}

/// <summary>What <c>sagan doctor</c> found out about one part of the machine.</summary>
/// <param name="State">How it does.</param>
/// <param name="Subject">The part.</param>
/// <param name="Text">What was found.</param>
/// <param name="Cure">What to do about it; null where nothing is to be done.</param>
/// <param name="StopsTraining">Whether training cannot run without it.</param>
internal sealed record Finding(FindingState State, string Subject, string Text, string? Cure = null, bool StopsTraining = false);
