using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Collapse;
using Sagan.Training.Profiling;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan train</c>.</summary>
internal static class TrainCommand
{
    private const long SmallParameterCount = 1_000_000;
    private const int ThreadsOfSmall = 2;

    private static readonly Argument<string?> s_recipe = new("recipe")
    {
        Description = "Name of a recipe (see `sagan recipes`) or a JSON file with a configuration. Default: tiny.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Your pictures: a folder of class folders, a .tar, .tar.gz or .zip of one, a zip with dataset.json, CIFAR or MNIST files; or toybox, the built-in set (default).",
    };

    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<string> s_outdir = new("--outdir") { Description = "Where runs live.", DefaultValueFactory = _ => "runs" };
    private static readonly Option<string?> s_desc = new("--desc") { Description = "A word for the run directory's name." };
    private static readonly Option<string[]> s_set = new("--set") { Description = "Change one value of the configuration, e.g. --set discriminatorSteps=2 (see --dry-run for all). May be repeated." };
    private static readonly Option<string?> s_images = new("--images") { Description = "Real pictures to show before the run ends, e.g. 20000 or 1.5m." };
    private static readonly Option<string?> s_kimg = new("--kimg") { Description = "The same in thousands." };
    private static readonly Option<int?> s_batch = new("--batch") { Description = "Pictures of a discriminator update." };
    private static readonly Option<int?> s_resolution = new("--resolution") { Description = "Side of the pictures: 32, 64, 128, and for BigGANs 256 or 512. Default: the recipe's." };
    private static readonly Option<long?> s_seed = new("--seed") { Description = "Seed of weights, data order and latents. The same seed gives the same run, bit for bit, on a processor." };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = new("--threads") { Description = $"Threads for arithmetic. Default: the physical cores ({Processor.PhysicalCores} here), at most 2 for networks of less than a million parameters." };
    private static readonly Option<string?> s_precision = new("--precision") { Description = "Number format of training: fp32, or bf16 (convolutions in bfloat16: less memory, and faster where the processor has fast units for it). Default: the recipe's." };
    private static readonly Option<string?> s_snap = new("--snap") { Description = "Pictures between two snapshots, e.g. 50k." };
    private static readonly Option<string?> s_keep = new("--keep") { Description = "Snapshots that stay on disk: last=N,every=M,best=METRIC (M in pictures; METRIC: diversity, margin, toybox, or a name of --metrics). Default: last=2." };
    private static readonly ScoringFlags s_scoring = new();
    private static readonly Option<string?> s_onCollapse = new("--on-collapse") { Description = "What to do when the pictures become all alike or a loss breaks: warn (default), stop, or rollback to the best snapshot and on with other draws." };
    private static readonly Option<string?> s_resume = new("--resume") { Description = "Continue this run directory exactly where its newest snapshot left it." };
    private static readonly Option<string?> s_initFrom = new("--init-from") { Description = "Start a new run from the networks of a snapshot, own or imported: their architecture stands in the place of the recipe's." };
    private static readonly Option<bool> s_profile = new("--profile") { Description = "Measure 5 iterations after the first 10, by phase, layer and operator, and train on: tables in profile.md, a timeline for Chrome's trace viewer in profile.json." };
    private static readonly Option<bool> s_dryRun = new("--dry-run", "-n") { Description = "Print the resolved configuration and stop." };
    private static readonly Option<bool> s_json = Options.Json("the outcome");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "train", "Train a GAN, on your pictures or on the built-in ones.",
            "sagan train",
            "sagan train sagan-64 --data pictures/ --images 1m --snap 50k",
            "sagan train sngan-cifar10 --data cifar10.tar.gz --metrics fid5k_full --metric-every 500k --keep best=fid5k_full",
            "sagan train tiny --set discriminatorSteps=2 --dry-run",
            "sagan train biggan-64 --init-from imported.safetensors --data pictures/",
            "sagan train --resume runs/00000-tiny-toybox-b16 --images 200k")
        {
            s_recipe, s_data, s_split, s_skipBad, s_resolution, s_images, s_kimg, s_batch, s_set, s_seed,
            s_outdir, s_desc, s_snap, s_keep, s_onCollapse, s_resume, s_initFrom, s_device, s_threads, s_precision, s_profile, s_dryRun, s_json,
        };
        s_scoring.AddTo(command);
        s_precision.AcceptOnlyFromAmong("fp32", "bf16");
        s_onCollapse.AcceptOnlyFromAmong("warn", "stop", "rollback");
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        RunDirectory? resumed = arguments.GetValue(s_resume) is { } path ? RunDirectory.Open(path) : null;
        Snapshot? weights = resumed is null && arguments.GetValue(s_initFrom) is { } file ? NetworkFile.Open(file) : null;
        weights?.RequireBothNetworks();
        TrainingConfig config = Resolve(arguments, resumed, weights);
        config.Validate();
        if (arguments.GetValue(s_profile))
            RequireRoomForProfile(config, resumed, arguments.GetValue(s_dryRun));
        if (arguments.GetValue(s_dryRun))
        {
            System.Console.WriteLine(ConfigJson.Write(config));
            return 0;
        }

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Dataset dataset = DataView.WithProgress(progress => config.Dataset.Open(progress));
        weights?.RequireFit(new ImageSpec(dataset.Channels, dataset.Height, dataset.ClassNames.Count));
        if (resumed is null && !s_scoring.Given(arguments))
            config = SnapshotScorer.Fit(config, dataset);
        using var interrupts = new Interrupts();
        using SnapshotScorer? scorer = ScoreView.Open(config, dataset, device, interrupts.Token);
        RunDirectory run = resumed ?? RunDirectory.Create(arguments.GetValue(s_outdir)!, RunName(config, dataset, arguments.GetValue(s_desc)));
        using IDisposable held = run.Hold();
        run.RemoveLeftovers();
        run.WriteConfig(ConfigJson.Write(config));

        using var view = new TrainingView(run.LogFile, config.TotalImages, quiet: arguments.GetValue(s_json));
        view.Follow(scorer);
        Trainer Resume() => Trainer.Resume(config, dataset, run, device, scorer);
        using var session = new TrainingSession(
            view, () => resumed is null ? Trainer.Start(config, dataset, run, device, weights, scorer: scorer) : Resume(), Resume);
        if (arguments.GetValue(s_profile))
            session.Trainer.Profile();
        if (arguments.GetValue(s_threads) is null && device.Kind == DeviceKind.Cpu && IsSmall(session.Trainer.Gan))
            Torch.Threads = Math.Min(ThreadsOfSmall, Torch.Threads);
        PrintBanner(view, config, dataset, run, device, session.Trainer, weights);
        TrainingOutcome outcome = session.Run(interrupts.Token);
        return Conclude(view, run, session.Trainer, outcome, arguments.GetValue(s_json));
    }

    private static void RequireRoomForProfile(TrainingConfig config, RunDirectory? resumed, bool dryRun)
    {
        if (dryRun)
            throw new UsageException("--profile measures a training, and --dry-run starts none: leave one of them out");
        long shown = (long)config.BatchSize * config.DiscriminatorSteps;
        long left = Math.Max(0, config.TotalImages - (resumed?.NewestResumable() ?? 0) + shown - 1) / shown;
        if (left < StepProfile.WarmUp + StepProfile.Measured)
            throw new UsageException($"--profile: {left} iterations are left to train, and it measures {StepProfile.Measured} after {StepProfile.WarmUp}; raise --images");
    }

    private static TrainingConfig Resolve(ParseResult arguments, RunDirectory? resumed, Snapshot? weights)
    {
        if (resumed is null)
            return TrainingRequest.New(arguments.GetValue(s_recipe), Request(arguments), weights);

        if (arguments.GetValue(s_recipe) is not null || arguments.GetValue(s_data) is not null || arguments.GetValue(s_initFrom) is not null)
            throw new UsageException("--resume continues a run with its own recipe, data and weights: leave RECIPE, --data and --init-from out, and say changes with --set");
        TrainingConfig former = ConfigJson.Read(File.ReadAllText(resumed.ConfigFile));
        TrainingConfig config = TrainingRequest.Change(former, Request(arguments));
        foreach (string line in ConfigJson.Difference(former, config))
            System.Console.Error.WriteLine($"sagan: changed on resuming: {line}");
        return config;
    }

    // Maps of a small network are too small to be shared out further.
    private static bool IsSmall(GanModel gan) => gan.Generator.ParameterCount + gan.Discriminator.ParameterCount < SmallParameterCount;

    private static TrainingRequest Request(ParseResult arguments) => new()
    {
        Data = arguments.GetValue(s_data),
        Split = arguments.GetValue(s_split),
        SkipBad = arguments.GetValue(s_skipBad),
        Resolution = arguments.GetValue(s_resolution),
        Images = arguments.GetValue(s_images) is { } images ? Options.Images("--images", images)
            : arguments.GetValue(s_kimg) is { } kimg ? Options.Images("--kimg", kimg + "k") : null,
        Batch = arguments.GetValue(s_batch),
        Seed = arguments.GetValue(s_seed),
        Precision = arguments.GetValue(s_precision) is { } precision ? Enum.Parse<Precision>(precision, ignoreCase: true) : null,
        SnapshotImages = arguments.GetValue(s_snap) is { } snap ? Options.Images("--snap", snap) : null,
        Keep = arguments.GetValue(s_keep) is { } keep ? KeepPolicy.Parse(keep) : null,
        OnCollapse = arguments.GetValue(s_onCollapse) is { } action ? Enum.Parse<CollapseAction>(action, ignoreCase: true) : null,
        Scoring = former => s_scoring.Apply(arguments, former),
        Set = arguments.GetValue(s_set) ?? [],
    };

    internal static string RunName(TrainingConfig config, Dataset dataset, string? description)
    {
        string data = string.Concat(dataset.Name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'));
        return $"{config.Recipe}-{data}-b{config.BatchSize}" + (description is null ? "" : $"-{description}");
    }

    private static void PrintBanner(TrainingView view, TrainingConfig config, Dataset dataset, RunDirectory run, Device device, Trainer trainer, Snapshot? weights)
    {
        view.Print($"Run directory   {run.Path}");
        view.Print($"Device          {device}, {Torch.Threads} threads, libtorch {Torch.Version}");
        view.Print($"Recipe          {config.Recipe}: batch {config.BatchSize}, {ImageCount.Print(config.TotalImages)} pictures, a snapshot every {ImageCount.Print(config.SnapshotImages)}");
        view.Print($"Networks        generator {Count(trainer.Gan.Generator)}, discriminator {Count(trainer.Gan.Discriminator)}");
        view.Print($"Data            {dataset.Name}: {dataset.Count} pictures, {dataset.Channels}x{dataset.Height}x{dataset.Width}, {dataset.ClassNames.Count} classes");
        DataView.PrintClasses(ClassTable.Of(dataset), view.Print);
        if (config.Metrics is { } scoring)
            view.Print($"Scores          {scoring.Names}, every {ImageCount.Print(Math.Max(scoring.EveryImages ?? 0, config.SnapshotImages))} pictures");
        if (weights is not null)
            view.Print($"Starting from   {weights.Path}: its networks, not the recipe's");
        if (trainer.Images > 0)
            view.Print($"Continuing at   {trainer.Images} images");
        view.Print("");
    }

    private static string Count(Module network)
    {
        string attention = string.Join(", ", network.Children.Where(child => child.Module is SelfAttention).Select(child => child.Name["attention".Length..]));
        return $"{network.ParameterCount:n0} parameters" + (attention.Length > 0 ? $" (attention at {attention})" : "");
    }

    private static int Conclude(TrainingView view, RunDirectory run, Trainer trainer, TrainingOutcome outcome, bool json)
    {
        string snapshot = run.SnapshotFile(trainer.Images);
        if (json)
        {
            System.Console.WriteLine(new System.Text.Json.Nodes.JsonObject
            {
                ["outcome"] = EnumName.Of(outcome),
                ["run"] = run.Path,
                ["images"] = trainer.Images,
                ["snapshot"] = snapshot,
                ["samples"] = run.SamplesFile(trainer.Images),
                ["scores"] = view.ScoresAsJson(),
                ["profile"] = view.HasProfile ? run.ProfileFile : null,
            }.ToJsonString());
        }

        view.Print("");
        view.Print(outcome switch
        {
            TrainingOutcome.Finished => $"Finished at {trainer.Images} images.",
            TrainingOutcome.Collapsed => $"Collapsed; saved at {trainer.Images} images.",
            _ => $"Stopped and saved at {trainer.Images} images.",
        });
        view.PrintScores(run);
        view.PrintProfile(run);
        if (File.Exists(run.BestFile))
            view.Print($"Best snapshot   {run.BestFile} names it");
        view.Print($"Look at         {run.SamplesFile(trainer.Images)}");
        view.Print($"                {run.RealsFile} (real pictures, to compare)");
        view.Print($"Draw more       {Options.Program} sample {run.Path} --seeds 0-63 --grid");
        view.Print(outcome == TrainingOutcome.Finished
            ? $"Train on        {Options.Program} train --resume {run.Path} --images {trainer.Images * 2}"
            : $"Continue        {Options.Program} train --resume {run.Path}");
        if (outcome == TrainingOutcome.Finished)
            view.Print($"Your pictures   {Options.Program} train --data FOLDER   (a folder of class folders)");
        return TrainingSession.ExitCode(outcome);
    }
}
