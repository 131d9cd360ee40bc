namespace Sagan.Training.Collapse;

/// <summary>One sign of trouble, looked for in every reading. What it remembers follows from the readings before.</summary>
internal abstract class CollapseSign
{
    internal abstract CollapseCause Cause { get; }

    /// <summary>Looks at the next reading: what is wrong and what helps, or null.</summary>
    internal abstract string? Look(Reading reading);
}
