using System.CommandLine;
using System.Globalization;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>ops</c>: what a call into libtorch costs when there is next to nothing to compute.</summary>
internal static class OpsCommand
{
    private static readonly Option<int> s_threads = Options.Threads();
    private static readonly Option<int> s_repeats = new("--repeats")
    {
        Description = "Measurements of 100,000 calls; the median counts.",
        DefaultValueFactory = _ => 31,
    };

    internal static Command Create()
    {
        var command = new Command("ops", "Print microseconds by operator, and by scope of 1,000 tensors.") { s_repeats, s_threads };
        command.SetAction(arguments =>
        {
            Torch.Threads = arguments.GetValue(s_threads);
            foreach ((string name, double microseconds) in OperatorTimes.Measure(arguments.GetValue(s_repeats)))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"op={name} us={microseconds:0.000}"));
        });
        return command;
    }
}
