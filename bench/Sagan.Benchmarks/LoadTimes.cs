using System.Diagnostics;
using System.Globalization;
using Sagan.Data;
using Sagan.Tensors;

namespace Sagan.Benchmarks;

/// <summary>Times the way of a folder's pictures into batches of floats: an epoch that has to decode them, and one that does not.</summary>
/// <param name="resolution">Side of what comes out.</param>
/// <param name="batch">Pictures of a batch; what is left over at the end of an epoch does not count.</param>
/// <param name="workers">Threads that fill batches; as many decode where DOTNET_PROCESSOR_COUNT says so.</param>
internal sealed class LoadTimes(int resolution, int batch, int workers)
{
    /// <summary>One line of key=value; seconds of each epoch.</summary>
    internal string Measure(string folder)
    {
        DirectoryInfo cache = Directory.CreateTempSubdirectory("sagan-benchmark-");
        try
        {
            // Loads libtorch: PyTorch's side, too, has imported torch before it looks at the clock.
            _ = Torch.Version;
            TimeSpan busy = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            using var pictures = PictureDataset.Open(new PicturesConfig { Path = folder, Resolution = resolution, Channels = 3 }, cacheFolder: cache.FullName);
            using var source = new BatchSource(pictures, batch, seed: 0, workers: workers);
            int batches = pictures.Count / batch;
            Take(source, batches);
            double first = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            Take(source, batches);
            double later = Stopwatch.GetElapsedTime(start).TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"images={batches * batch} first={first:0.0000} later={later:0.0000} both={first + later:0.0000} cpu={cpu:0.0000}");
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    // What training does with a batch before the networks see it.
    private void Take(BatchSource source, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            using Scope scope = Scope.Open();
            PixelBatch pixels = source.Next();
            _ = Tensor.From<byte>(pixels.Pixels, [batch, 3, resolution, resolution]).To(DType.Float32) / 127.5 - 1;
        }
    }
}
