using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Planning;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan plan</c>.</summary>
internal static class PlanCommand
{
    private const double MeasuringSeconds = 10;

    // Memory that the process and the libraries need besides, and what the system must keep.
    private const double UsableMemory = 0.7;

    private static readonly Argument<string?> s_recipe = new("recipe")
    {
        Description = "Name of a recipe, or a JSON file with a configuration. Default: tiny.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_data = new("--data") { Description = "Your pictures, as in `sagan train`. Default: the recipe's." };
    private static readonly Option<int?> s_resolution = PlannedPictures.Resolution();
    private static readonly Option<int?> s_classes = PlannedPictures.Classes();
    private static readonly Option<string?> s_images = new("--images") { Description = "Real pictures to show before the run ends, e.g. 20000 or 1.5m." };
    private static readonly Option<int?> s_batch = new("--batch") { Description = "Pictures of a discriminator update." };
    private static readonly Option<string[]> s_set = new("--set") { Description = "Change one value of the configuration. May be repeated." };
    private static readonly Option<string?> s_gpu = new("--gpu") { Description = $"Estimate for a GPU from its maker's figures: {string.Join(", ", GpuFigures.All.Select(gpu => gpu.Name))}." };
    private static readonly Option<double?> s_tflops = new("--tflops") { Description = "For another GPU: its peak in single precision, in 10^12 operations a second." };
    private static readonly Option<double?> s_memory = new("--memory") { Description = "For another GPU: its memory in GB." };
    private static readonly Option<bool> s_noMeasure = new("--no-measure") { Description = "Do not run a few steps on this machine." };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the plan");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "plan", "Say what a training will cost before it starts: arithmetic, memory, and time, from a few steps on this machine and for a GPU that you name. Ranges, for nobody knows better.",
            "sagan plan tiny",
            "sagan plan sagan-64 --data pictures/ --batch 32",
            "sagan plan sagan-imagenet128 --classes 1000 --gpu H100 --no-measure")
        {
            s_recipe, s_data, s_resolution, s_classes, s_images, s_batch, s_set, s_gpu, s_tflops, s_memory, s_noMeasure, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        GpuFigures? gpu = Gpu(arguments);
        TrainingConfig config = TrainingRequest.New(arguments.GetValue(s_recipe), new TrainingRequest
        {
            Data = arguments.GetValue(s_data),
            Resolution = arguments.GetValue(s_resolution),
            Images = arguments.GetValue(s_images) is { } images ? Options.Images("--images", images) : null,
            Batch = arguments.GetValue(s_batch),
            Set = arguments.GetValue(s_set) ?? [],
        });
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        var plan = TrainingPlan.Of(config, PlannedPictures.Of(config, arguments.GetValue(s_classes)));
        bool fits = device.Kind != DeviceKind.Cpu || plan.Memory.Fixed < UsableMemory * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        StepMeasurement? measured = arguments.GetValue(s_noMeasure) || !fits ? null : StepMeasurement.Of(config, plan.Images, device, MeasuringSeconds);

        if (arguments.GetValue(s_json))
            System.Console.WriteLine(ToJson(plan, measured, gpu).ToJsonString());
        else
            Print(plan, device, measured, fits, gpu);
        return 0;
    }

    private static GpuFigures? Gpu(ParseResult arguments)
    {
        if (arguments.GetValue(s_gpu) is { } name)
        {
            return GpuFigures.Find(name)
                ?? throw new UsageException($"--gpu {name}: not in the table; there are {string.Join(", ", GpuFigures.All.Select(gpu => gpu.Name))}; or give --tflops and --memory");
        }

        return (arguments.GetValue(s_tflops), arguments.GetValue(s_memory)) switch
        {
            (null, null) => null,
            ({ } teraflops and > 0, { } memory and > 0) => new GpuFigures("your GPU", memory, teraflops, teraflops),
            _ => throw new UsageException("--tflops and --memory go together, both above 0, as in --tflops 20 --memory 16"),
        };
    }

    private static void Print(TrainingPlan plan, Device device, StepMeasurement? measured, bool fits, GpuFigures? gpu)
    {
        TrainingConfig config = plan.Config;
        MemoryNeed memory = plan.Memory;
        string micro = config.MicroBatchSize is { } size ? $" in parts of {size}" : "";
        Line("Recipe", $"{config.Recipe}: pictures {plan.Images.Channels}x{plan.Images.Resolution}x{plan.Images.Resolution}, {plan.Images.Classes} classes, batch {config.BatchSize}{micro}, {config.DiscriminatorSteps} to 1 updates, {ImageCount.Print(config.TotalImages)} pictures");
        Line("Networks", $"generator {plan.Generator.Parameters:n0} parameters, {Gigaflops(plan.Generator.Flops)} a picture; discriminator {plan.Discriminator.Parameters:n0}, {Gigaflops(plan.Discriminator.Flops)}");
        Line("Arithmetic", $"{Gigaflops(plan.Work.DiscriminatorPerPicture)} a picture of a discriminator update, {Gigaflops(plan.Work.GeneratorPerPicture)} of a generator update");
        Line("", $"{Gigaflops(plan.Work.PerImage)} a real picture shown, {Total(plan.Work.PerImage * config.TotalImages)} in all"
            + (config.Terms.Count > 0 ? " (terms of the losses come on top)" : ""));
        Line("Memory", $"{Sizes(memory.Total)}: weights {Size(memory.Weights)}, gradients {Size(memory.Gradients)}, optimizers {Size(memory.Optimizers)}, average {Size(memory.Average)}, activations about {Sizes(memory.Activations)}; the process itself about 0.2 GB");
        System.Console.WriteLine();

        if (measured is not null)
        {
            Span seconds = measured.SecondsPerImage;
            string scaled = measured.Batch == (config.MicroBatchSize ?? config.BatchSize) ? "its own batch" : $"batch {measured.Batch}, scaled evenly to {config.BatchSize}";
            Line("This machine", $"{Time(seconds * config.TotalImages)} on {device}: {1 / seconds.Most:0.##} to {1 / seconds.Least:0.##} img/s, {plan.Work.PerImage / seconds.Most / 1e9:0} to {plan.Work.PerImage / seconds.Least / 1e9:0} GFLOP/s");
            Line("", $"from {measured.Iterations} iterations with {scaled}; data loading, snapshots and the machine's other work come on top");
        }
        else if (!fits)
        {
            Line("This machine", $"too small: weights and optimizers alone need {memory.Fixed / 1e9:0.0} GB");
        }

        if (gpu is null)
            return;
        Line(gpu.Name, $"{Time(plan.SecondsOn(gpu))} on one: a guess from its data sheet. If arithmetic reaches {gpu.Reached.Least / 1e12:0.#} to {gpu.Reached.Most / 1e12:0.#} TFLOP/s of its peak of {gpu.SingleTeraflops:0.#} in single precision, {gpu.TensorTeraflops:0.#} in TF32,");
        Line("", $"and starting a kernel takes {GpuFigures.SecondsPerKernel.Least * 1e6:0} to {GpuFigures.SecondsPerKernel.Most * 1e6:0} microseconds, which small networks wait for; {Fits(memory, gpu)}");
    }

    private static string Fits(MemoryNeed memory, GpuFigures gpu)
    {
        double room = gpu.MemoryGigabytes * 1e9;
        if (memory.Total.Most < room)
            return $"its {gpu.MemoryGigabytes:0} GB are enough";
        return memory.Total.Least < room
            ? $"its {gpu.MemoryGigabytes:0} GB may be too little; --set microBatchSize=… does the batch in parts"
            : $"its {gpu.MemoryGigabytes:0} GB are too little for this batch; --set microBatchSize=… does it in parts";
    }

    private static void Line(string subject, FormattableString text) => System.Console.WriteLine($"{subject,-15} {text.ToString(CultureInfo.InvariantCulture)}");

    private static void Line(string subject, string text) => System.Console.WriteLine($"{subject,-15} {text}");

    private static string Gigaflops(double flops) => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e9:0.###} GFLOP");

    private static string Total(double flops) => flops switch
    {
        < 1e15 => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e12:0.##} TFLOP"),
        < 1e18 => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e15:0.##} PFLOP"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e18:0.##} EFLOP"),
    };

    private static string Sizes(Span bytes) => $"{Size(bytes.Least)} to {Size(bytes.Most)}";

    private static string Size(double bytes) => bytes < 0.95e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");

    private static string Time(Span seconds) => $"{Time(seconds.Least)} to {Time(seconds.Most)}";

    private static string Time(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        < 48 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400:0.#} days"),
    };

    private static JsonObject ToJson(TrainingPlan plan, StepMeasurement? measured, GpuFigures? gpu) => new()
    {
        ["recipe"] = plan.Config.Recipe,
        ["resolution"] = plan.Images.Resolution,
        ["classes"] = plan.Images.Classes,
        ["batch"] = plan.Config.BatchSize,
        ["totalImages"] = plan.Config.TotalImages,
        ["parametersG"] = plan.Generator.Parameters,
        ["parametersD"] = plan.Discriminator.Parameters,
        ["flopsG"] = plan.Generator.Flops,
        ["flopsD"] = plan.Discriminator.Flops,
        ["flopsDiscriminatorUpdate"] = plan.Work.DiscriminatorPerPicture,
        ["flopsGeneratorUpdate"] = plan.Work.GeneratorPerPicture,
        ["flopsPerImage"] = plan.Work.PerImage,
        ["memoryFixed"] = plan.Memory.Fixed,
        ["memory"] = ToJson(plan.Memory.Total),
        ["measured"] = measured is null ? null : new JsonObject
        {
            ["batch"] = measured.Batch,
            ["iterations"] = measured.Iterations,
            ["seconds"] = ToJson(measured.SecondsPerImage * plan.Config.TotalImages),
        },
        ["gpu"] = gpu is null ? null : new JsonObject { ["name"] = gpu.Name, ["seconds"] = ToJson(plan.SecondsOn(gpu)) },
    };

    private static JsonArray ToJson(Span span) => [span.Least, span.Most];
}
