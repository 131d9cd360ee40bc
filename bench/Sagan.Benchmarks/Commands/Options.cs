using System.CommandLine;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary>What several commands ask.</summary>
internal static class Options
{
    internal static Option<int> Threads() => new("--threads")
    {
        Description = "Threads for arithmetic.",
        DefaultValueFactory = _ => Processor.PhysicalCores,
    };

    internal static Option<int> Batch(int standard) => new("--batch")
    {
        Description = "Pictures that go through a network at once.",
        DefaultValueFactory = _ => standard,
    };

    internal static Option<string> Device() => new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "cpu",
    };

    internal static Argument<string> Case()
    {
        var name = new Argument<string>("name") { Description = "What to train." };
        name.AcceptOnlyFromAmong([.. WorkloadBook.All.Select(one => one.Name)]);
        return name;
    }
}
