using System.Globalization;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Evaluation;

/// <summary>A curve's figures as CSV: a line each point, a column each figure, called metric.figure.</summary>
public static class CurveTable
{
    /// <summary>Names of the figures, in the order of <see cref="Figures"/>.</summary>
    public static IReadOnlyList<string> Names(CurvePoint point) =>
        [.. point.Cards.SelectMany(card => card.Values.Keys.Select(name => $"{card.Metric}.{name}"))];

    /// <summary>The figures of a point.</summary>
    public static IReadOnlyList<double> Figures(CurvePoint point) => [.. point.Cards.SelectMany(card => card.Values.Values)];

    /// <summary>Writes the points; the file appears whole or not at all.</summary>
    /// <param name="path">Replaced if there.</param>
    /// <param name="points">At least one.</param>
    public static void Write(string path, IReadOnlyList<CurvePoint> points)
    {
        var text = new StringBuilder();
        text.Append("threshold,mode,batchNorm,").AppendJoin(',', Names(points[0])).Append('\n');
        foreach (CurvePoint point in points)
        {
            // "standing, 16 batches of 64" has a comma of its own.
            text.Append(CultureInfo.InvariantCulture, $"{point.Threshold},{point.Truncation?.ModeName},\"{point.Cards[0].BatchNorm}\",");
            text.AppendJoin(',', Figures(point).Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
