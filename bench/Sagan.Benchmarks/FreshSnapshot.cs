using Sagan.Data;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Benchmarks;

/// <summary>A snapshot of networks that have hardly been trained: drawing from it costs what drawing costs.</summary>
internal static class FreshSnapshot
{
    // Batch statistics need company.
    private const int Batch = 2;

    internal static void Write(Workload workload, string path)
    {
        TrainingConfig config = workload.Config with { BatchSize = Batch, TotalImages = Batch * workload.Config.DiscriminatorSteps };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sagan-benchmark-");
        try
        {
            using var pictures = new NoisePictures(workload.Images);
            var run = RunDirectory.Create(folder.FullName, "benchmark");
            using var trainer = Trainer.Start(config, pictures, run, Device.Cpu);
            trainer.Run();
            File.Copy(run.NewestSnapshot(), path, overwrite: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
