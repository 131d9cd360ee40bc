using System.CommandLine;
using System.Globalization;
using Sagan.Cli.Console;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Flags that several commands share, and how their values are read.</summary>
internal static class Options
{
    /// <summary>What the user called, so that printed command lines work when they are copied.</summary>
    internal static string Program { get; } = Environment.GetEnvironmentVariable("SAGAN_PROGRAM") ?? "sagan";

    internal static Option<string> Device() => new("--device")
    {
        Description = "Where to compute: auto (the first GPU, else the processor), cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "auto",
    };

    internal static Option<int?> Threads() => new("--threads")
    {
        Description = $"Threads for arithmetic. Default: the physical cores ({Processor.PhysicalCores} here).",
    };

    internal static Option<string?> Split() => new("--split") { Description = "Part of the data, where there are parts. Default: train." };

    internal static Option<bool> SkipBad() => new("--skip-bad") { Description = "Leave out pictures that cannot be decoded." };

    internal static Option<bool> Json(string what) => new("--json") { Description = $"Print {what} as JSON for programs." };

    internal static Option<string?> Outfile(string description) => new("--output", "-o") { Description = description };

    /// <summary>Refuses numbers below 1; null stays null.</summary>
    internal static int? Positive(string flag, int? value) => value is null or > 0 ? value : throw new UsageException($"{flag} {value}: at least 1");

    /// <summary>Sets threads and finds the device.</summary>
    internal static Device Prepare(string device, int? threads)
    {
        if (threads is < 1)
            throw new UsageException($"--threads {threads}: at least 1");
        Torch.Threads = threads ?? Processor.PhysicalCores;
        try
        {
            Device chosen = Tensors.Device.Parse(device);
            if (chosen.Kind == DeviceKind.Cuda)
                Torch.SetCudnnBenchmark(true);
            return chosen;
        }
        catch (FormatException error)
        {
            throw new UsageException($"--device: {error.Message}");
        }
    }

    /// <summary>Reads a number of images: 20000, 200k, 1.5m.</summary>
    internal static long Images(string flag, string text) => ImageCount.TryParse(text, out long images) && images > 0
        ? images
        : throw new UsageException($"{flag} {text}: write a number of pictures, for instance 20000, 200k or 1.5m");

    /// <summary>A file to be written: its folder has to be there before anything is computed for it.</summary>
    internal static string Output(string flag, string path) => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))
        ? path
        : throw new UsageException($"{flag} {path}: there is no folder '{Path.GetDirectoryName(path)}'; create it first");

    /// <summary>Reads a list of seeds: <c>0-3,7</c>.</summary>
    internal static IReadOnlyList<long> Seeds(string text)
    {
        var seeds = new List<long>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', 2);
            if (!long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
                || !long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
                || last < first || last - first >= 1_000_000)
                throw new UsageException($"--seeds {text}: '{part}' is neither a number nor a range; write for instance 0-63 or 1,5,9-12");
            for (long seed = first; seed <= last; seed++)
                seeds.Add(seed);
        }

        return seeds;
    }
}
