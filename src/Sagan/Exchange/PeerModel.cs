using Sagan.Models;

namespace Sagan.Exchange;

/// <summary>Which of our networks compute what another project's do.</summary>
/// <param name="Model">Architecture, widths, and the points in which implementations differ.</param>
/// <param name="Images">What is drawn and judged.</param>
public sealed record PeerModel(ModelConfig Model, ImageSpec Images);
