namespace Sagan.Tests.Fixtures;

/// <summary>
/// Largest difference from a peer's numbers, relative to the largest of them: what the fixtures' makers measured to be room
/// for another order of additions and too little for a mistake. Never to be widened for a test to pass.
/// </summary>
internal static class Tolerance
{
    /// <summary>Outputs and buffers of single layers.</summary>
    internal const double Layer = 1e-5;

    /// <summary>Pictures, logits, loss values and buffers of whole networks.</summary>
    internal const double Network = 1e-4;

    /// <summary>Gradients.</summary>
    internal const double Gradient = 1e-3;
}
