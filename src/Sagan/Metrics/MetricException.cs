namespace Sagan.Metrics;

/// <summary>A metric cannot be computed from what it was given; the message says what is wrong, where, and the cure, in one line.</summary>
public sealed class MetricException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public MetricException()
    {
    }

    /// <summary>Creates the exception with the reason.</summary>
    public MetricException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the reason and the failure behind it.</summary>
    public MetricException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Refuses sets that came from different extractors; what two extractors say cannot be compared.</summary>
    internal static void RequireSameWidth(string metric, int first, int second)
    {
        if (first != second)
            throw new MetricException($"{metric}: one side has {first} features a picture and the other {second}: they come from different extractors; compute both with the same one");
    }

    /// <summary>Refuses a set that is too small for the metric.</summary>
    internal static void RequirePictures(string metric, string side, long count, long least)
    {
        if (count < least)
            throw new MetricException($"{metric}: {count} {(count == 1 ? "picture" : "pictures")} in the {side} set, {least} are needed at least; give more");
    }
}
