using System.CommandLine;
using Sagan.Data;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>step NAME</c>: what one iteration of training takes.</summary>
internal static class StepCommand
{
    private static readonly Argument<string> s_name = Options.Case();
    private static readonly Option<int?> s_batch = new("--batch") { Description = "Pictures of one update. Default: the case's own." };
    private static readonly Option<int> s_threads = Options.Threads();
    private static readonly Option<int> s_steps = new("--steps") { Description = "Iterations to measure.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> s_warmUp = new("--warmup") { Description = "Iterations before them.", DefaultValueFactory = _ => 10 };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<bool> s_toybox = new("--toybox") { Description = "Train on pictures drawn as they are read, not on noise in memory." };
    private static readonly Option<bool> s_describe = new("--describe") { Description = "Only print the networks and the training as JSON." };
    private static readonly Option<bool> s_bf16 = new("--bf16") { Description = "Convolutions in bfloat16." };

    private static readonly Option<bool> s_graph = new("--graph") { Description = "Updates as graphs of the GPU." };

    internal static Command Create()
    {
        var command = new Command("step", "Print seconds by iteration, memory and live tensors.")
        {
            s_name, s_steps, s_warmUp, s_batch, s_threads, s_device, s_toybox, s_bf16, s_graph, s_describe,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult arguments)
    {
        Torch.Threads = arguments.GetValue(s_threads);
        Workload workload = WorkloadBook.Find(arguments.GetValue(s_name)!);
        if (arguments.GetValue(s_batch) is { } batch)
            workload = workload.WithBatch(batch);
        if (arguments.GetValue(s_bf16))
            workload = workload with { Config = workload.Config with { Precision = Precision.Bf16 } };
        if (arguments.GetValue(s_graph))
            workload = workload with { Config = workload.Config with { Execution = Execution.Graph } };
        if (arguments.GetValue(s_describe))
        {
            Console.WriteLine(workload.Describe());
            return;
        }

        using Dataset pictures = arguments.GetValue(s_toybox)
            ? new ToyboxConfig { Resolution = workload.Images.Resolution }.Open()
            : new NoisePictures(workload.Images);
        var times = new StepTimes(arguments.GetValue(s_warmUp), arguments.GetValue(s_steps));
        Console.WriteLine(times.Measure(workload, pictures, Device.Parse(arguments.GetValue(s_device)!)));
    }
}
