using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Metrics.Statistics;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>metric</c>: time and memory of a metric, or of the features that metrics want, on files that bench/reference/metrics.py made; reading them does not count.</summary>
internal static class MetricCommand
{
    private static readonly Option<int> s_threads = Options.Threads();
    private static readonly Argument<string> s_name = new Argument<string>("name") { Description = "The metric." }.AcceptOnlyFromAmong("frechet", "prdc", "extraction");
    private static readonly Argument<string> s_folder = new("folder") { Description = "Where real.npz, generated.npz and their statistics are; for extraction pictures.npy and random.pth." };

    internal static Command Create()
    {
        var command = new Command("metric", "Print seconds, megabytes and values of a metric.") { s_name, s_folder, s_threads };
        command.SetAction(arguments =>
        {
            Torch.Threads = arguments.GetValue(s_threads);
            string folder = arguments.GetValue(s_folder)!;
            Action<string> measure = arguments.GetValue(s_name) switch
            {
                "frechet" => Frechet,
                "prdc" => Neighbourhoods,
                _ => Extraction,
            };
            measure(folder);
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

    private static void Extraction(string folder)
    {
        using var extractor = new InceptionExtractor(InceptionWeights.Read(Path.Combine(folder, "random.pth")));
        HostArray array = NpyFile.Read(Path.Combine(folder, "pictures.npy"));
        using Scope scope = Scope.Open();
        Tensor pictures = Tensor.FromBytes(array.Bytes, array.DType, array.Shape).Permute(0, 3, 1, 2);

        // The first time libtorch prepares its convolutions, here as in Python.
        MeanSize(extractor, pictures);
        Report(() => string.Create(CultureInfo.InvariantCulture, $"value={MeanSize(extractor, pictures):0.00000}"));
    }

    private static double MeanSize(InceptionExtractor extractor, Tensor pictures)
    {
        using Scope scope = Scope.Open();
        return extractor.Extract(pictures).Features.Abs().Mean().Item();
    }

    private static StoredStatistics Read(string folder, string name) => StatisticsFile.Read(Path.Combine(folder, $"{name}.npz"));

    private static void Report(Func<string> compute)
    {
        // What reading took is no part of the peak: neither what the runtime keeps of it, nor the mark of the most so far (proc(5), clear_refs).
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        Footprint before = Footprint.Now(Device.Cpu);
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        string value = compute();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
        Footprint after = Footprint.Now(Device.Cpu);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds={seconds:0.000} cpu={cpu:0.000} before={before.Resident >> 20} peak={after.Peak >> 20} {value}"));
    }
}
