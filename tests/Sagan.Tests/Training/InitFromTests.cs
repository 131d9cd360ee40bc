using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>A new run from the networks of a snapshot.</summary>
public class InitFromTests
{
    [Fact]
    public void All_three_networks_start_as_the_snapshot_has_them()
    {
        using var former = new SmallRun();
        former.RunUntil(16);
        string weights = former.Directory.SnapshotFile(16);
        using var run = new SmallRun();

        using (Dataset dataset = run.Config.Dataset.Open())
        using (Trainer trainer = Trainer.Start(run.Config, dataset, run.Directory, Device.Cpu, Snapshot.Open(weights)))
            trainer.Run(new CancellationToken(canceled: true));

        using SafetensorsFile expected = SafetensorsFile.Open(weights), actual = SafetensorsFile.Open(run.Directory.SnapshotFile(0));
        Assert.Equal(expected.Names, actual.Names);
        Assert.Contains(expected.Names, name => name.StartsWith("ema.", StringComparison.Ordinal) && !Same(expected, name, expected, "generator" + name["ema".Length..]));

        // The average's singular vectors settle before it draws.
        Assert.All(expected.Names.Where(name => !IsSettled(name)), name => Assert.True(Same(expected, name, actual, name), name));
    }

    [Theory]
    [InlineData(3, 64, 10, "are for 3x32x32 and the pictures are 3x64x64")]
    [InlineData(1, 32, 10, "are for 3x32x32 and the pictures are 1x32x32")]
    [InlineData(3, 32, 9, "know 10 classes and the pictures have 9")]
    public void Pictures_that_the_networks_are_not_for_are_refused(int channels, int resolution, int classes, string problem)
    {
        using var former = new SmallRun();
        former.RunUntil(16);
        Snapshot weights = Snapshot.Open(former.Directory.SnapshotFile(16));

        weights.RequireFit(SmallRun.Images);
        var error = Assert.Throws<ConfigException>(() => weights.RequireFit(new ImageSpec(channels, resolution, classes)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static bool IsSettled(string name) =>
        name.StartsWith("ema.", StringComparison.Ordinal) && (name.EndsWith(".u", StringComparison.Ordinal) || name.EndsWith(".v", StringComparison.Ordinal));

    private static bool Same(SafetensorsFile first, string name, SafetensorsFile second, string other) => first[name].Bytes.SequenceEqual(second[other].Bytes);
}
