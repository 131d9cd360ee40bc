namespace Sagan.Training;

/// <summary>A factor on the learning rates: 1 until the start, falling evenly to 0 at the end.</summary>
/// <param name="StartImages">Images until which the rate is constant.</param>
/// <param name="EndImages">Images at which it is 0.</param>
public sealed record LinearDecay(long StartImages, long EndImages)
{
    /// <summary>The factor at a time.</summary>
    public double FactorAt(long images) =>
        1 - Math.Clamp((double)(images - StartImages) / Math.Max(1, EndImages - StartImages), 0, 1);
}
