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
        Description = "Pictures of one update.",
        DefaultValueFactory = _ => standard,
    };

    internal static Argument<string> Case()
    {
        var name = new Argument<string>("name") { Description = "What to train." };
        name.AcceptOnlyFromAmong([.. Workload.All.Select(one => one.Name)]);
        return name;
    }
}
