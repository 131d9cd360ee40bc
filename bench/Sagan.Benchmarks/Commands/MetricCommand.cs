using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sagan.Metrics;
using Sagan.Metrics.Statistics;
using Sagan.Tensors;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>metric</c>: time and memory of a metric on files that bench/reference/metrics.py made; reading them does not count.</summary>
internal static class MetricCommand
{
    private static readonly Option<int> s_threads = Options.Threads();
    private static readonly Argument<string> s_name = new Argument<string>("name") { Description = "The metric." }.AcceptOnlyFromAmong("frechet", "prdc");
    private static readonly Argument<string> s_folder = new("folder") { Description = "Where real.npz, generated.npz and their statistics are." };

    internal static Command Create()
    {
        var command = new Command("metric", "Print seconds, megabytes and values of a metric.") { s_name, s_folder, s_threads };
        command.SetAction(arguments =>
        {
            Torch.Threads = arguments.GetValue(s_threads);
            string folder = arguments.GetValue(s_folder)!;
            if (arguments.GetValue(s_name) == "frechet")
                Frechet(folder);
            else
                Neighbourhoods(folder);
        });
        return command;
    }

    private static void Frechet(string folder)
    {
        FeatureStatistics real = Read(folder, "real_statistics").Statistics, generated = Read(folder, "generated_statistics").Statistics;
        Report(() => string.Create(CultureInfo.InvariantCulture, $"value={FrechetDistance.Between(real, generated).Value:0.00000000}"));
    }

    private static void Neighbourhoods(string folder)
    {
        FeatureSet real = Read(folder, "real").Features!, generated = Read(folder, "generated").Features!;
        Report(() =>
        {
            PrecisionRecall found = PrecisionRecall.Between(real, generated);
            return $"value={found.PreciseCount},{found.RecalledCount},{found.PairCount},{found.CoveredCount}";
        });
    }

    private static StoredStatistics Read(string folder, string name) => StatisticsFile.Read(Path.Combine(folder, $"{name}.npz"));

    private static void Report(Func<string> compute)
    {
        GC.Collect();
        // What reading took is no part of the peak (proc(5), clear_refs).
        File.WriteAllText("/proc/self/clear_refs", "5");
        Footprint before = Footprint.Now(Device.Cpu);
        long start = Stopwatch.GetTimestamp();
        string value = compute();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Footprint after = Footprint.Now(Device.Cpu);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds={seconds:0.000} before={before.Resident >> 20} peak={after.Peak >> 20} {value}"));
    }
}
