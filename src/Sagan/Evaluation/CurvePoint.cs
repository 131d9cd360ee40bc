using System.Globalization;
using Sagan.Models;

namespace Sagan.Evaluation;

/// <summary>The scores of a network at one truncation.</summary>
/// <param name="Truncation">Of the latents; null: none.</param>
/// <param name="Cards">A card for each metric; at all points of a curve by the same metrics.</param>
public sealed record CurvePoint(Truncation? Truncation, IReadOnlyList<MetricCard> Cards)
{
    /// <summary>The threshold for people: <c>0.5</c>, or <c>none</c>.</summary>
    public string Threshold => Truncation is null ? "none" : Truncation.Threshold.ToString(CultureInfo.InvariantCulture);

    /// <summary>The point where a metric is best.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="metric">The metric's place among the cards.</param>
    /// <param name="higherIsBetter">Which way.</param>
    /// <returns>Null where no figure is a number.</returns>
    public static CurvePoint? Best(IEnumerable<CurvePoint> points, int metric, bool higherIsBetter)
    {
        IEnumerable<CurvePoint> known = points.Where(point => double.IsFinite(point.Cards[metric].Value));
        return higherIsBetter ? known.MaxBy(point => point.Cards[metric].Value) : known.MinBy(point => point.Cards[metric].Value);
    }
}
