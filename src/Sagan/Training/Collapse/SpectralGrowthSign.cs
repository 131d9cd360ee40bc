namespace Sagan.Training.Collapse;

/// <summary>A largest singular value far above its own running median.</summary>
/// <remarks>
/// A value that grows evenly from nothing is at most twice its median, so early training is no alarm; a threefold one is
/// faster than that.
/// </remarks>
internal sealed class SpectralGrowthSign(CollapseConfig config) : CollapseSign
{
    private const int Window = 20;
    private const int Fewest = 10;

    private readonly Dictionary<string, Queue<double>> _former = [];

    internal override CollapseCause Cause => CollapseCause.SpectralGrowth;

    internal override string? Look(Reading reading)
    {
        (LayerSigma Now, double Median)? worst = null;
        foreach (LayerSigma sigma in reading.Sigmas)
        {
            double? median = Advance(sigma);
            if (median is { } usual && sigma.Value > config.SigmaGrowth * usual && (worst is null || sigma.Value / usual > worst.Value.Now.Value / worst.Value.Median))
                worst = (sigma, usual);
        }

        return worst is { } found
            ? FormattableString.Invariant($"the largest singular value of {found.Now.Layer} is {found.Now.Value:0.##}, {found.Now.Value / found.Median:0.#} times its running median {found.Median:0.##}: often the last sign before a collapse; ")
                + "what helps: a smaller learning rate, more discriminator steps, keeping snapshots (--keep every=…) to go back to"
            : null;
    }

    /// <summary>Remembers a value, and tells the median of those before it once there are enough.</summary>
    private double? Advance(LayerSigma sigma)
    {
        if (!_former.TryGetValue(sigma.Layer, out Queue<double>? values))
            _former[sigma.Layer] = values = new Queue<double>(Window);
        double? median = values.Count < Fewest ? null : values.Order().ElementAt(values.Count / 2);
        if (values.Count == Window)
            values.Dequeue();
        values.Enqueue(sigma.Value);
        return median;
    }
}
