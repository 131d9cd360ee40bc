using System.Globalization;
using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>How pictures are drawn, seeds and classes apart; their PNGs tell.</summary>
/// <param name="Truncation">Of the latents; null: none.</param>
/// <param name="Standing">Statistics taken anew; null: those of training.</param>
internal sealed record Drawing(Truncation? Truncation, StandingDraws? Standing)
{
    /// <summary>Loads the generator that draws so. The caller owns it.</summary>
    internal Generator Load(Snapshot snapshot, Device device, IProgress<DataProgress>? progress = null)
    {
        Generator generator = snapshot.LoadGenerator(device);
        Truncation?.ChooseStatistics(generator);
        Standing?.Apply(generator, device, Truncation, progress);
        return generator;
    }

    /// <summary>How statistics were taken.</summary>
    internal static string StandingName(StandingDraws standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.Batches} batches of {standing.BatchSize}");
}
