using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Evaluation;
using Sagan.Metrics.Features;
using Sagan.Metrics.Statistics;
using Sagan.Tensors;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan data stats</c>.</summary>
internal static class DataStatsCommand
{
    private static readonly OrderedDictionary<string, StatisticsLayout> s_layouts = new()
    {
        ["pytorch-fid"] = StatisticsLayout.MuSigma,
        ["ttur"] = StatisticsLayout.MuSigma,
        ["clean-fid"] = StatisticsLayout.MuSigma,
        ["edm"] = StatisticsLayout.MuSigma,
        ["studiogan"] = StatisticsLayout.MuSigma,
        ["biggan"] = StatisticsLayout.MuSigma,
        ["biggan-tf"] = StatisticsLayout.PoolMeanVar,
        ["sngan-projection"] = StatisticsLayout.MeanCov,
        ["stylegan"] = StatisticsLayout.Sums,
    };

    private static readonly Argument<string> s_path = new("path") { Description = "A folder or archive of pictures, an .npz or .npy of uint8, or toybox." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<int?> s_resolution = new("--resolution") { Description = "Cut and resize to this side first, as training does. Default: pictures as they are." };
    private static readonly Option<bool> s_rows = new("--rows") { Description = "Keep each picture's features, which KID, precision and recall need, instead of mean and covariance." };
    private static readonly Option<string> s_tool = new("--for")
    {
        Description = $"Whose file it is to be: {string.Join(", ", s_layouts.Keys)}. With --rows it is clean-fid's for KID.",
        DefaultValueFactory = _ => "pytorch-fid",
    };

    private static readonly Option<string?> s_output = Options.Outfile("The file to write; a .json beside says what it is of. Default: one named after the pictures, here.");
    private static readonly FeatureFlags s_features = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "stats", "Compute the reference statistics of real pictures once, for `sagan evaluate --data` and `sagan compare`, and for other tools.",
            "sagan data stats cifar10.tar.gz -o cifar10-train.npz",
            "sagan data stats pictures/ --resolution 64 --resize clean-fid",
            "sagan data stats toybox --rows")
        {
            s_path, s_split, s_resolution, s_rows, s_tool, s_output, s_device, s_threads, s_json,
        };
        s_tool.AcceptOnlyFromAmong([.. s_layouts.Keys]);
        s_features.AddTo(command);
        command.SetAction((arguments, stop) => Task.Run(() => Failure.Guard(() => Run(arguments, stop)), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        string path = arguments.GetValue(s_path)!;
        StatisticsLayout layout = s_layouts[arguments.GetValue(s_tool)!];
        string ending = layout == StatisticsLayout.Sums && !arguments.GetValue(s_rows) ? "pkl" : "npz";
        string output = Options.Output("--output", arguments.GetValue(s_output) ?? $"{NetworkFile.NameOf(path)}-stats.{ending}");
        bool isToybox = DataCommand.IsToybox(path, arguments.GetValue(s_split)), rows = arguments.GetValue(s_rows);
        if (!isToybox && !File.Exists(path) && !Directory.Exists(path))
            throw new UsageException($"path {path}: there is no such file or folder");
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using RealSide? data = isToybox || arguments.GetValue(s_resolution) is not null ? new RealSide(path, arguments.GetValue(s_split), arguments.GetValue(s_resolution)) : null;
        using FeatureExtractor extractor = s_features.Open(arguments, data?.Data, device, stop);
        PictureSeries pictures = data is null ? PictureInput.Pictures(path, arguments.GetValue(s_split)) : new DatasetPictures(data.Pictures());

        CollectedFeatures collected = DataView.WithProgress(progress => CollectedFeatures.Of(extractor, pictures, rows, progress, stop));
        StatisticsOrigin origin = StatisticsOrigin.Of(extractor, collected.Count, pictures.Name);
        if (rows)
            StatisticsFile.Write(output, collected.Rows!, origin);
        else
            StatisticsFile.Write(output, collected.Statistics, origin, layout);

        if (arguments.GetValue(s_json))
        {
            System.Console.WriteLine(new JsonObject
            {
                ["data"] = pictures.Name,
                ["pictures"] = collected.Count,
                ["features"] = extractor.Signature,
                ["file"] = output,
            }.ToJsonString());
            return 0;
        }

        System.Console.WriteLine(FormattableString.Invariant($"Pictures   {collected.Count:n0} of {pictures.Name}"));
        System.Console.WriteLine($"Features   {extractor.Name}, resized as {extractor.Preparation}, weights {extractor.Identity[..16]}");
        System.Console.WriteLine($"Written    {output}, and {output}.json beside");
        return 0;
    }
}
