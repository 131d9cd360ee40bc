namespace Sagan.Tests.Metrics;

/// <summary>What one number of the fixtures' expected.json is held against.</summary>
/// <param name="Actual">Our number; null where there is none, and the reason says why.</param>
/// <param name="Tolerance">Largest difference.</param>
/// <param name="Reason">Why the number is not checked.</param>
internal sealed record MetricExpectation(double? Actual, double Tolerance, string? Reason = null)
{
    /// <summary>Why the number fails; null where it does not.</summary>
    internal string? Complaint(double expected) => Actual is null || Math.Abs(Actual.Value - expected) <= Tolerance
        ? null
        : $"expected {expected:r}, computed {Actual.Value:r}, tolerance {Tolerance:e1}";
}
