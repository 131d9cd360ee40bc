using System.Diagnostics;
using System.Globalization;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Benchmarks;

/// <summary>Times the drawing of pictures from a snapshot, from latents to bytes, after one batch that does not count.</summary>
internal static class SampleTimes
{
    /// <summary>As <c>sagan sample</c> draws: by seed, eight at once, so that a seed gives the same picture whatever is drawn beside it.</summary>
    internal static string BySeed(string snapshot, int pictures)
    {
        using Generator generator = Snapshot.Open(snapshot).LoadGenerator();
        void Draw(int count) => _ = PictureSampler
            .Draw(generator, Device.Cpu, Enumerable.Range(0, count).Select(seed => new SampleRequest(seed, seed % generator.Images.Classes)))
            .Count();

        Draw(1);
        return Measure(pictures, () => Draw(pictures));
    }

    /// <summary>As a program of one's own draws: the generator alone, in large batches, as PyTorch's side does.</summary>
    internal static string ByBatch(string snapshot, int pictures, int batch)
    {
        using Generator generator = Snapshot.Open(snapshot).LoadGenerator();
        using var random = new RandomSource(1);
        void Draw()
        {
            using Scope scope = Scope.Open();
            using GradMode noGrad = Autograd.NoGrad();
            Tensor z = Tensor.Normal([batch, generator.LatentSize], random);
            Tensor labels = Tensor.From<long>([.. Enumerable.Range(0, batch).Select(i => (long)(i % generator.Images.Classes))], batch);
            _ = PictureSampler.ToRasters(generator.Forward(z, labels));
        }

        Draw();
        int batches = (pictures + batch - 1) / batch;
        return Measure(batches * batch, () =>
        {
            for (int i = 0; i < batches; i++)
                Draw();
        });
    }

    private static string Measure(int pictures, Action draw)
    {
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        draw();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"images={pictures} seconds={seconds:0.0000} rate={pictures / seconds:0.000} cpu={cpu:0.0000} peak={Footprint.Now(Device.Cpu).Peak >> 20}");
    }
}
