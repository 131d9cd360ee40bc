using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>A complete, typed configuration with what people want to know before they spend days on it.</summary>
public sealed record Recipe
{
    /// <summary>What to type.</summary>
    public required string Name { get; init; }

    /// <summary>One line: what it trains.</summary>
    public required string Summary { get; init; }

    /// <summary>Where its numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>The score that the source reports, or what was seen here.</summary>
    public required string ExpectedScore { get; init; }

    /// <summary>Time and memory.</summary>
    public required string Cost { get; init; }

    /// <summary>In what it departs from its source; empty where it does not.</summary>
    public string Deviations { get; init; } = "";

    /// <summary>Side of the pictures it is made for.</summary>
    public required int Resolution { get; init; }

    /// <summary>The configuration; the data set is the toybox until one is given.</summary>
    public required TrainingConfig Config { get; init; }
}
