using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Exploration;

/// <summary>The same pictures at rising thresholds: the variety that is given up for fidelity by truncation.</summary>
/// <param name="Rows">A truncation each, from above.</param>
/// <param name="Requests">A column each.</param>
/// <param name="Standing">Statistics of every row's own; null: the running statistics of training in all rows, or those that the network has for each.</param>
public sealed record TruncationSheet(IReadOnlyList<Truncation> Rows, IReadOnlyList<SampleRequest> Requests, StandingDraws? Standing)
{
    /// <summary>From nearly one picture a class to nearly the whole distribution.</summary>
    public static IReadOnlyList<double> DefaultThresholds { get; } = [0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2];

    /// <summary>Draws row by row with a generator in evaluation mode, whose running statistics are afterwards what they were.</summary>
    /// <param name="generator">Draws.</param>
    /// <param name="device">Where the generator lives.</param>
    /// <param name="progress">Told after every batch of statistics and after every row.</param>
    public IReadOnlyList<Raster> Draw(Generator generator, Device device, IProgress<DataProgress>? progress = null)
    {
        using var kept = new KeptStatistics(generator);
        var pictures = new List<Raster>();
        foreach ((int row, Truncation truncation) in Rows.Index())
        {
            truncation.ChooseStatistics(generator);
            Standing?.Apply(generator, device, truncation, progress is null ? null : new RowProgress(progress, FormattableString.Invariant($"Statistics at T = {truncation.Threshold}")));
            pictures.AddRange(PictureSampler.Draw(generator, device, Requests, truncation));
            progress?.Report(new DataProgress("Rows", row + 1, Rows.Count));
        }

        return pictures;
    }

    private sealed class RowProgress(IProgress<DataProgress> whole, string phase) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => whole.Report(value with { Phase = phase });
    }
}
