using System.CommandLine;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>load FOLDER</c>: what reading a folder of pictures takes.</summary>
internal static class LoadCommand
{
    private static readonly Argument<string> s_folder = new("folder") { Description = "Class folders of pictures." };
    private static readonly Option<int> s_resolution = new("--resolution") { Description = "Side of what comes out.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> s_workers = new("--workers") { Description = "Loading threads.", DefaultValueFactory = _ => Processor.PhysicalCores };
    private static readonly Option<int> s_batch = Options.Batch(64);

    internal static Command Create()
    {
        var command = new Command("load", "Print seconds of two epochs over a folder.") { s_folder, s_resolution, s_workers, s_batch };
        command.SetAction(arguments =>
        {
            Torch.Threads = 1;
            var times = new LoadTimes(arguments.GetValue(s_resolution), arguments.GetValue(s_batch), arguments.GetValue(s_workers));
            Console.WriteLine(times.Measure(arguments.GetValue(s_folder)!));
        });
        return command;
    }
}
