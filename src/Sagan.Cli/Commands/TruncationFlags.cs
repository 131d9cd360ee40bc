using System.CommandLine;
using System.Globalization;
using Sagan.Cli.Console;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>The flags that keep latents near the middle, shared by the commands that draw.</summary>
internal sealed class TruncationFlags
{
    private const int LargestBatch = 64;

    private readonly Option<double?> _threshold = new("--truncation")
    {
        Description = FormattableString.Invariant($"Keep latents near the middle: pictures more typical, and more alike. The smaller the stronger, from {Truncation.LeastThreshold}; 0.5 is strong, 2 hardly seen. Default: none."),
    };

    private readonly Option<string?> _mode = Mode();
    private readonly Option<int?> _standing = Standing("0, the running statistics of training");

    /// <summary>What a threshold means.</summary>
    internal static Option<string?> Mode()
    {
        Option<string?> option = new("--truncation-mode")
        {
            Description = "resample: parts of a latent beyond the threshold are drawn again (BigGAN's paper). scale: drawn within ±2, then times the threshold, at most 1 (the published BigGAN modules). Default: resample; scale where the network has statistics for each threshold.",
        };
        return option.AcceptOnlyFromAmong("resample", "scale");
    }

    /// <summary>Where batch statistics come from.</summary>
    internal static Option<int?> Standing(string otherwise) => new("--standing")
    {
        Description = $"Batches from which batch norm's statistics are taken anew at this truncation (BigGAN: 16 to 100). Default: {otherwise}.",
    };

    /// <summary>Adds the flags to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_threshold);
        command.Add(_mode);
        command.Add(_standing);
    }

    /// <summary>What the flags ask for.</summary>
    internal Drawing Read(ParseResult arguments, Snapshot snapshot)
    {
        if (arguments.GetValue(_threshold) is not { } threshold)
        {
            return arguments.GetValue(_mode) is null
                ? new Drawing(null, StandingOf(arguments.GetValue(_standing) ?? 0, snapshot))
                : throw new UsageException("--truncation-mode says what --truncation T means: give that, too");
        }

        return new Drawing(new Truncation(threshold, ModeOf(arguments.GetValue(_mode), snapshot)), StandingOf(arguments.GetValue(_standing) ?? 0, snapshot));
    }

    /// <summary>Whether any of the flags was given.</summary>
    internal bool Given(ParseResult arguments) =>
        arguments.GetValue(_threshold) is not null || arguments.GetValue(_mode) is not null || arguments.GetValue(_standing) is not null;

    /// <summary>What a threshold means to a network, unless told.</summary>
    internal static TruncationMode ModeOf(string? mode, Snapshot snapshot) => mode switch
    {
        "scale" => TruncationMode.Scale,
        "resample" => TruncationMode.Resample,
        _ => Truncation.UsualMode(snapshot.Model),
    };

    /// <summary>Whether the network has batch statistics for each threshold, as imported ones of pytorch-pretrained-BigGAN have.</summary>
    internal static bool HasStatistics(Snapshot snapshot) => Truncation.UsualMode(snapshot.Model) == TruncationMode.Scale;

    /// <summary>Statistics in batches as large as in training, as far as memory surely allows; null: none.</summary>
    internal static StandingDraws? StandingOf(int batches, Snapshot snapshot)
    {
        if (batches < 0)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--standing {batches}: write a number of batches, or 0 for the statistics of training"));
        if (batches == 0)
            return null;
        int size = snapshot.Config.MicroBatchSize ?? snapshot.Config.BatchSize;
        return new StandingDraws(batches, Math.Min(size, LargestBatch));
    }
}
