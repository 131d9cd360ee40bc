namespace Sagan.Training.Planning;

/// <summary>A figure that is not known better than this.</summary>
/// <param name="Least">Probably not below.</param>
/// <param name="Most">Probably not above.</param>
public readonly record struct Span(double Least, double Most)
{
    /// <summary>The same figure a number of times.</summary>
    public static Span operator *(Span span, double factor) => new(span.Least * factor, span.Most * factor);
}
