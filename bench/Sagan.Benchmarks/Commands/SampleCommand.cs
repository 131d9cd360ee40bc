using System.CommandLine;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>sample FILE</c>: what drawing takes, in a process that is running already.</summary>
internal static class SampleCommand
{
    private static readonly Argument<string> s_snapshot = new("snapshot") { Description = "What to draw from." };
    private static readonly Option<int> s_pictures = new("--pictures") { Description = "How many.", DefaultValueFactory = _ => 256 };
    private static readonly Option<int?> s_batch = new("--batch") { Description = "Pictures that go through the generator at once. Default: as in `sagan sample`, by seed." };
    private static readonly Option<int> s_threads = Options.Threads();

    internal static Command Create()
    {
        var command = new Command("sample", "Print seconds of drawing pictures.") { s_snapshot, s_pictures, s_batch, s_threads };
        command.SetAction(arguments =>
        {
            Torch.Threads = arguments.GetValue(s_threads);
            string snapshot = arguments.GetValue(s_snapshot)!;
            int pictures = arguments.GetValue(s_pictures);
            Console.WriteLine(arguments.GetValue(s_batch) is { } batch
                ? SampleTimes.ByBatch(snapshot, pictures, batch)
                : SampleTimes.BySeed(snapshot, pictures));
        });
        return command;
    }
}
