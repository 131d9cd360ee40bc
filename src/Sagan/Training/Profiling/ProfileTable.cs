namespace Sagan.Training.Profiling;

/// <summary>Rows under headings, for Markdown and for a console.</summary>
/// <param name="headings">Of the columns.</param>
/// <param name="texts">How many columns at the left are text; the others are numbers.</param>
internal sealed class ProfileTable(string[] headings, int texts = 1)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; names of code stand between backticks, which a console does not show.</summary>
    internal void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Lines of Markdown.</summary>
    internal IEnumerable<string> ToMarkdown()
    {
        yield return Line(headings);
        yield return Line([.. headings.Select((_, column) => column < texts ? "---" : "---:")]);
        foreach (string[] row in _rows)
            yield return Line(row);
    }

    /// <summary>Lines in columns of equal width, at most so many rows.</summary>
    internal IEnumerable<string> ToPlain(int most)
    {
        string[][] shown = [headings, .. _rows.Take(most).Select(row => row.Select(cell => cell.Replace("`", "", StringComparison.Ordinal)).ToArray())];
        int[] widths = [.. headings.Select((_, column) => shown.Max(row => row[column].Length))];
        return shown.Select(row => string.Join("  ", row.Select((cell, column) => column < texts ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
