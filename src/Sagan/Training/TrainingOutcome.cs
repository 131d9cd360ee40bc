namespace Sagan.Training;

/// <summary>How a run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All pictures were shown.</summary>
    Finished,

    /// <summary>Somebody asked it to stop; it saved first.</summary>
    Stopped,

    /// <summary>It collapsed and its configuration says to stop then, or it went back as often as it may; it saved first.</summary>
    Collapsed,

    /// <summary>It collapsed and its directory went back to the best snapshot: <see cref="Trainer.Resume"/> goes on from there.</summary>
    RolledBack,
}
