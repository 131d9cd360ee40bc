using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Metrics.Features;
using Sagan.Tensors;

namespace Sagan.Cli.Commands;

/// <summary>The flags that choose what looks at pictures, shared by the commands that score.</summary>
internal sealed class FeatureFlags
{
    private readonly Option<string?> _features = Features(), _resize = Resize();

    private readonly Option<string?> _inception = new("--inception")
    {
        Description = $"File of Inception's weights (pt_inception-2015-12-05-6726825d.pth, or safetensors). Default: the one in ${CacheFolder.Variable}/weights, fetched there once.",
    };

    internal static Option<string?> Features() => new("--features")
    {
        Description = "What looks at the pictures for scores: inception, inception:FILE, classifier:FILE (see `sagan classifier train`), toybox (drawn weights, no download). Default: toybox for the toybox, else inception.",
    };

    internal static Option<string?> Resize() => new("--resize")
    {
        Description = $"Whose way of bringing pictures to Inception's size: {string.Join(", ", ResizeMode.All.Select(mode => mode.Name))}. Default: {ResizeMode.TorchFidelity.Name}. Figures of two ways cannot be compared.",
    };

    /// <summary>Adds the flags to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_features);
        command.Add(_inception);
        command.Add(_resize);
    }

    /// <summary>Opens what the flags ask for. The caller owns it.</summary>
    /// <param name="arguments">The flags.</param>
    /// <param name="data">The real pictures, which decide where the flags do not; null where they are no data set.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="stop">Stops fetching weights.</param>
    internal FeatureExtractor Open(ParseResult arguments, DatasetConfig? data, Device device, CancellationToken stop)
    {
        string? features = arguments.GetValue(_features), inception = arguments.GetValue(_inception);
        if (inception is not null && features is not null and not "inception")
            throw new UsageException($"--inception is for --features inception, not {features}; leave one of them out");
        string choice = inception is not null ? $"inception:{inception}" : features ?? FeatureExtractors.UsualFor(data);
        ResizeMode? resize = arguments.GetValue(_resize) is { } name ? ResizeMode.Parse(name) : null;
        return DownloadView.WithProgress(progress => FeatureExtractors.Open(choice, resize, device, progress, stop));
    }
}
