using System.CommandLine;
using System.Globalization;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>rate</c>: the machine's own speed, to compare others with.</summary>
internal static class RateCommand
{
    private static readonly Option<int> s_threads = Options.Threads();
    private static readonly Option<string> s_device = Options.Device();

    internal static Command Create()
    {
        var command = new Command("rate", "Print the rate of a product of two matrices of 3000x3000.") { s_threads, s_device };
        command.SetAction(arguments =>
        {
            Torch.Threads = arguments.GetValue(s_threads);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gflops={MatrixRate.Measure(Device.Parse(arguments.GetValue(s_device)!)):0.0}"));
        });
        return command;
    }
}
