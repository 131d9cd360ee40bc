using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan summary</c>.</summary>
internal static class SummaryCommand
{
    private static readonly Argument<string> s_what = new("what")
    {
        Description = "A snapshot file, a run directory, a recipe by name, or a JSON file with a configuration.",
    };

    private static readonly Option<int?> s_resolution = PlannedPictures.Resolution();
    private static readonly Option<int?> s_classes = PlannedPictures.Classes();
    private static readonly Option<string[]> s_set = new("--set") { Description = "Change one value of a recipe first, e.g. --set model.generatorWidth=96. May be repeated." };
    private static readonly Option<bool> s_json = Options.Json("the layers");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "summary", "Show the networks of a snapshot or recipe, layer by layer: shapes, parameters, arithmetic a picture. Attention is marked.",
            "sagan summary tiny",
            "sagan summary sagan-imagenet128 --classes 1000",
            "sagan summary runs/00000-tiny-toybox-b16 --json")
        {
            s_what, s_resolution, s_classes, s_set, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        (ModelConfig model, ImageSpec images, Snapshot? snapshot) = Find(arguments);
        using Generator generator = model.BuildGenerator(images);
        using Discriminator discriminator = model.BuildDiscriminator(images);
        var summaries = new List<(string Name, NetworkSummary Summary)>();
        if (snapshot is not { HasGenerator: false })
            summaries.Add(("generator", NetworkSummary.Of(generator)));
        if (snapshot is not { HasDiscriminator: false })
            summaries.Add(("discriminator", NetworkSummary.Of(discriminator, generator)));
        if (arguments.GetValue(s_json))
        {
            System.Console.WriteLine(ToJson(images, summaries).ToJsonString());
            return 0;
        }

        System.Console.WriteLine($"Pictures {images.Channels}x{images.Resolution}x{images.Resolution}, {images.Classes} classes");
        foreach ((string name, NetworkSummary summary) in summaries)
            Print(name, summary);
        System.Console.WriteLine();
        System.Console.WriteLine("FLOPs are of one picture's forward pass, two for a multiplication with its addition; * marks attention.");
        return 0;
    }

    private static (ModelConfig Model, ImageSpec Images, Snapshot? Snapshot) Find(ParseResult arguments)
    {
        string what = arguments.GetValue(s_what)!;
        string[] set = arguments.GetValue(s_set) ?? [];
        if (Directory.Exists(what) || (File.Exists(what) && !what.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (set.Length > 0 || arguments.GetValue(s_resolution) is not null || arguments.GetValue(s_classes) is not null)
                throw new UsageException("--set, --resolution and --classes change a recipe; a trained network is as it is: name its recipe instead");
            Snapshot snapshot = NetworkFile.Open(what);
            return (snapshot.Model, snapshot.Images, snapshot);
        }

        TrainingConfig config = TrainingRequest.New(what, new TrainingRequest { Resolution = arguments.GetValue(s_resolution), Set = set });
        return (config.Model, PlannedPictures.Of(config, arguments.GetValue(s_classes)), null);
    }

    private static void Print(string name, NetworkSummary summary)
    {
        int width = Math.Max(12, summary.Layers.Max(layer => layer.Path.Length) + 2);
        int kinds = Math.Max(4, summary.Layers.Max(layer => layer.Kind.Length));
        System.Console.WriteLine();
        System.Console.WriteLine($"{name.PadRight(width)}  {"kind".PadRight(kinds)}  {"output",14}  {"parameters",12}  {"MFLOP",10}");
        foreach (LayerSummary layer in summary.Layers)
            System.Console.WriteLine(Row(width, kinds, (layer.IsAttention ? "* " : "  ") + layer.Path, layer.Kind, Shape(layer), layer.Parameters, layer.Flops));
        System.Console.WriteLine(Row(width, kinds, "  total", "", "", summary.Parameters, summary.Flops));
    }

    private static string Row(int width, int kinds, string path, string kind, string output, long parameters, long flops) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path.PadRight(width)}  {kind.PadRight(kinds)}  {output,14}  {parameters,12:n0}  {flops / 1e6,10:n2}");

    private static string Shape(LayerSummary layer) => layer.Output.Count == 0 ? "" : string.Join('x', layer.Output);

    private static JsonObject ToJson(ImageSpec images, List<(string Name, NetworkSummary Summary)> summaries)
    {
        var told = new JsonObject { ["channels"] = images.Channels, ["resolution"] = images.Resolution, ["classes"] = images.Classes };
        foreach ((string name, NetworkSummary summary) in summaries)
            told[name] = ToJson(summary);
        return told;
    }

    private static JsonObject ToJson(NetworkSummary summary) => new()
    {
        ["parameters"] = summary.Parameters,
        ["flops"] = summary.Flops,
        ["activationBytes"] = summary.ActivationBytes,
        ["layers"] = new JsonArray([.. summary.Layers.Select(layer => (JsonNode)new JsonObject
        {
            ["path"] = layer.Path,
            ["kind"] = layer.Kind,
            ["output"] = new JsonArray([.. layer.Output.Select(size => (JsonNode)size)]),
            ["parameters"] = layer.Parameters,
            ["flops"] = layer.Flops,
            ["attention"] = layer.IsAttention,
        })]),
    };
}
