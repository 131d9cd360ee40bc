using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Tests.Training;
using Sagan.Training;

namespace Sagan.Tests.Serving;

/// <summary>A snapshot whose classes, seeds and statistics by truncation differ, which those of a new network do not.</summary>
internal sealed class DrawingNetwork : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal DrawingNetwork(ModelConfig? model = null, string[]? classNames = null)
    {
        TrainingConfig config = model is null ? SmallRun.Plain : SmallRun.Plain with { Model = model };
        using var random = new RandomSource(7);
        using GanModel gan = config.Model.Build(SmallRun.Images, random);
        using (Autograd.NoGrad())
        {
            foreach ((_, Parameter gain) in gan.Generator.NamedParameters().Where(entry => entry.Name.EndsWith("gain", StringComparison.Ordinal)))
                gain.Value.FillNormal(random, mean: 1, deviation: 2);
            foreach ((_, Parameter rows) in gan.Generator.NamedBuffers().Where(entry => entry.Name.EndsWith("means", StringComparison.Ordinal)))
                rows.Value.FillNormal(random, mean: 0, deviation: 0.5);
        }

        Path = _folder.At("network.safetensors");
        Snapshot.Write(Path, config, classNames ?? [.. Enumerable.Range(0, 10).Select(i => $"class {i}")], gan, ema: null, clock: 5);
    }

    internal string Path { get; }

    /// <summary>What the network draws without a pool.</summary>
    internal byte[] Draw(long seed, int label, Truncation? truncation = null)
    {
        using Generator generator = Snapshot.Open(Path).LoadGenerator();
        truncation?.ChooseStatistics(generator);
        return PictureSampler.Draw(generator, Device.Cpu, [new SampleRequest(seed, label)], truncation).Single().Pixels;
    }

    public void Dispose() => _folder.Dispose();
}
