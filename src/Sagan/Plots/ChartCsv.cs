using System.Globalization;
using System.Text;

namespace Sagan.Plots;

/// <summary>A chart's numbers as text: one column of images, one for each line.</summary>
internal static class ChartCsv
{
    internal static string Write(LineChart chart)
    {
        Dictionary<double, double>[] columns = [.. chart.Series.Select(Values)];
        var text = new StringBuilder();
        text.Append("images,").AppendJoin(',', chart.Series.Select(series => Quote(series.Name))).Append('\n');
        foreach (double x in columns.SelectMany(column => column.Keys).Distinct().Order())
        {
            text.Append(CultureInfo.InvariantCulture, $"{x},");
            text.AppendJoin(',', columns.Select(column => column.TryGetValue(x, out double y) ? y.ToString("R", CultureInfo.InvariantCulture) : ""));
            text.Append('\n');
        }

        return text.ToString();
    }

    // A run that was interrupted between ticks may tell of one moment twice: the last word counts.
    private static Dictionary<double, double> Values(Series series)
    {
        var values = new Dictionary<double, double>();
        foreach ((double x, double y) in series.Points)
            values[x] = y;
        return values;
    }

    private static string Quote(string name) =>
        name.AsSpan().IndexOfAny(',', '"') < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
