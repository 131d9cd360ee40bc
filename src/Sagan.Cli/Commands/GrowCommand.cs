using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Growing;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan grow</c>.</summary>
internal static class GrowCommand
{
    private const string DefaultRecipe = "grow-64";

    private static readonly Argument<string?> s_recipe = new("recipe")
    {
        Description = $"Name of a growing recipe (see `sagan recipes`) or a JSON file with a configuration. Default: {DefaultRecipe}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_data = new("--data") { Description = "Your pictures, as for `sagan train`; or toybox, the built-in set (default)." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<string?> s_stages = new("--stages") { Description = "Resolutions, each twice the one before, e.g. 16,32,64. Default: the recipe's." };
    private static readonly Option<string?> s_images = new("--images-per-stage") { Description = "Real pictures to show in each stage, e.g. 200k; new parts fade in over the first half. Default: the recipe's." };
    private static readonly Option<int?> s_batch = new("--batch") { Description = "Pictures of a discriminator update." };
    private static readonly Option<string[]> s_set = new("--set") { Description = "Change one value of the configuration of all stages, e.g. --set model.fadeImages=20000. May be repeated." };
    private static readonly Option<long?> s_seed = new("--seed") { Description = "Seed of weights, data order and latents." };
    private static readonly Option<string> s_outdir = new("--outdir") { Description = "Where runs live.", DefaultValueFactory = _ => "runs" };
    private static readonly Option<string?> s_snap = new("--snap") { Description = "Pictures between two snapshots, e.g. 50k." };
    private static readonly ScoringFlags s_scoring = new();
    private static readonly Option<string?> s_resume = new("--resume") { Description = "Continue the chain that this run directory belongs to, wherever it stopped." };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_dryRun = new("--dry-run", "-n") { Description = "Print the configuration of the first stage and stop." };
    private static readonly Option<bool> s_json = Options.Json("the outcome");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "grow", "Train a GAN whose resolution doubles from stage to stage. Each stage is a run of its own; Ctrl-C saves.",
            "sagan grow",
            "sagan grow grow-256 --data pictures/ --stages 16,32,64,128,256",
            "sagan grow --resume runs/00001-grow-64-toybox-b16-r32")
        {
            s_recipe, s_data, s_split, s_skipBad, s_stages, s_images, s_batch, s_set, s_seed, s_outdir, s_snap, s_resume, s_device, s_threads, s_dryRun, s_json,
        };
        s_scoring.AddTo(command);
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        RunDirectory? resumed = arguments.GetValue(s_resume) is { } path ? RunDirectory.Open(path) : null;
        TrainingConfig config = resumed is null ? Resolve(arguments) : Former(arguments, resumed);
        config.Validate();
        if (arguments.GetValue(s_dryRun))
        {
            System.Console.WriteLine(ConfigJson.Write(config));
            return 0;
        }

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        bool json = arguments.GetValue(s_json);
        var stages = new GrowthStages(device, json);
        string root = resumed is null ? arguments.GetValue(s_outdir)! : Path.GetDirectoryName(resumed.Path) is { Length: > 0 } folder ? folder : ".";
        TrainingOutcome outcome = stages.Run(root, config, resumed);

        string last = stages.Runs[^1];
        if (json)
        {
            System.Console.WriteLine(new JsonObject
            {
                ["outcome"] = EnumName.Of(outcome),
                ["runs"] = new JsonArray([.. stages.Runs.Select(run => (JsonNode)run)]),
            }.ToJsonString());
        }
        else
        {
            System.Console.WriteLine(outcome == TrainingOutcome.Finished
                ? $"Grown up. Draw  {Options.Program} sample {last} --seeds 0-63 --grid"
                : $"Continue        {Options.Program} grow --resume {last}");
        }

        return TrainingSession.ExitCode(outcome);
    }

    private static TrainingConfig Resolve(ParseResult arguments)
    {
        long? images = arguments.GetValue(s_images) is { } text ? Options.Images("--images-per-stage", text) : null;
        var settings = new List<string>();
        if (arguments.GetValue(s_stages) is { } stages)
            settings.Add($"model.stages=[{stages}]");
        if (images is not null)
            settings.Add($"model.fadeImages={images / 2}");
        return GrowthChain.First(TrainingRequest.New(arguments.GetValue(s_recipe) ?? DefaultRecipe, new TrainingRequest
        {
            Data = arguments.GetValue(s_data),
            Split = arguments.GetValue(s_split),
            SkipBad = arguments.GetValue(s_skipBad),
            Images = images,
            Batch = arguments.GetValue(s_batch),
            Seed = arguments.GetValue(s_seed),
            SnapshotImages = arguments.GetValue(s_snap) is { } snap ? Options.Images("--snap", snap) : null,
            Scoring = former => s_scoring.Apply(arguments, former),
            Set = [.. settings, .. arguments.GetValue(s_set) ?? []],
        }));
    }

    private static TrainingConfig Former(ParseResult arguments, RunDirectory resumed)
    {
        if (arguments.GetValue(s_recipe) is not null || arguments.GetValue(s_data) is not null || arguments.GetValue(s_stages) is not null
            || arguments.GetValue(s_images) is not null || arguments.GetValue(s_set) is { Length: > 0 } || s_scoring.Given(arguments))
            throw new UsageException("--resume continues a chain with its own recipe, data and stages: leave RECIPE, --data, --stages, --images-per-stage, --metrics and --set out");
        return ConfigJson.Read(File.ReadAllText(resumed.ConfigFile));
    }
}
