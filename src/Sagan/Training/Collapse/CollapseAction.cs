namespace Sagan.Training.Collapse;

/// <summary>What a run does when it collapses.</summary>
public enum CollapseAction
{
    /// <summary>Says so and goes on.</summary>
    Warn,

    /// <summary>Says so, saves and stops.</summary>
    Stop,

    /// <summary>Goes back to the best snapshot and on from there with other draws, a limited number of times; then stops.</summary>
    Rollback,
}
