using Sagan.Cli.Console;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>What <c>--class</c> asks for.</summary>
internal static class ClassChoice
{
    private const int Named = 12;

    /// <summary>The classes to draw: one, or all; null when the flag was not given.</summary>
    internal static IReadOnlyList<int>? Parse(string? text, Snapshot snapshot)
    {
        if (text is null)
            return null;
        if (!snapshot.Model.Conditional)
            throw new UsageException($"--class {text}: this network was trained without classes; leave --class out");
        return text == "all" ? [.. Enumerable.Range(0, snapshot.ClassNames.Count)] : [Find("--class", text, snapshot)];
    }

    /// <summary>What <c>--classes A,B,C</c> asks for, in that order; null when the flag was not given.</summary>
    internal static IReadOnlyList<int>? ParseList(string? text, Snapshot snapshot)
    {
        if (text is null)
            return null;
        if (!snapshot.Model.Conditional)
            throw new UsageException($"--classes {text}: this network was trained without classes; leave --classes out");
        return text == "all"
            ? [.. Enumerable.Range(0, snapshot.ClassNames.Count)]
            : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => Find("--classes", name, snapshot))];
    }

    private static int Find(string flag, string text, Snapshot snapshot)
    {
        if (snapshot.LabelOf(text) is { } label)
            return label;

        string known = string.Join(", ", snapshot.ClassNames.Take(Named)) + (snapshot.ClassNames.Count > Named ? ", …" : "");
        throw new UsageException($"{flag} {text}: no such class; write all, a number from 0 to {snapshot.ClassNames.Count - 1}, or a name: {known}");
    }
}
