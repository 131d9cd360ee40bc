using Sagan.Layers;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class SnapshotTests
{
    private static readonly string[] s_classes = [.. Enumerable.Range(0, 10).Select(i => $"class \"{i}\" ä")];

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        using GanModel gan = Gan(1);
        using GanModel average = Gan(2);
        using GanModel target = Gan(3);
        using GanModel targetAverage = Gan(4);

        Snapshot.Write(folder.At("a.safetensors"), SmallRun.Plain, s_classes, gan, average.Generator, clock: 12_345);
        Snapshot read = Snapshot.Open(folder.At("a.safetensors"));
        read.Restore(target, targetAverage.Generator);

        Assert.Equal(s_classes, read.ClassNames);
        Assert.Equal(SmallRun.Images, read.Images);
        Assert.Equal(12_345, read.Clock);
        Assert.True(read.HasEma);
        Assert.Empty(ConfigJson.Difference(SmallRun.Plain, read.Config));
        AssertSame(gan.Generator, target.Generator);
        AssertSame(gan.Discriminator, target.Discriminator);
        AssertSame(average.Generator, targetAverage.Generator);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_generator_needs_nothing_but_the_file_and_comes_in_evaluation_mode(bool hasEma)
    {
        using var folder = new TemporaryFolder();
        using GanModel gan = Gan(1);
        using GanModel average = Gan(2);
        Snapshot.Write(folder.At("a.safetensors"), SmallRun.Plain, s_classes, gan, hasEma ? average.Generator : null, clock: 0);

        using Generator generator = Snapshot.Open(folder.At("a.safetensors")).LoadGenerator();
        using Discriminator discriminator = Snapshot.Open(folder.At("a.safetensors")).LoadDiscriminator();

        AssertSame(hasEma ? average.Generator : gan.Generator, generator);
        AssertSame(gan.Discriminator, discriminator);
        Assert.All(generator.SelfAndDescendants(), part => Assert.False(part.IsTraining));
        Assert.All(generator.State(), entry => Assert.False(entry.Value.Value.RequiresGrad));
        Assert.All(discriminator.SelfAndDescendants(), part => Assert.False(part.IsTraining));
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("cat", 1)]
    [InlineData("2", 2)]
    [InlineData("9", 9)]
    [InlineData("10", null)]
    [InlineData("-1", null)]
    [InlineData(" cat", null)]
    [InlineData("Cat", null)]
    public void A_class_is_found_by_its_name_before_its_number(string text, int? label)
    {
        using var folder = new TemporaryFolder();
        using GanModel gan = Gan(1);
        Snapshot.Write(folder.At("a.safetensors"), SmallRun.Plain, ["1", "cat", .. s_classes[2..]], gan, null, clock: 0);

        Assert.Equal(label, Snapshot.Open(folder.At("a.safetensors")).LabelOf(text));
    }

    [Fact]
    public void Another_safetensors_file_is_no_snapshot()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("weights.safetensors");
        SafetensorsWriter.Write(path, [new SafetensorsEntry("x", HostArray.Of<float>([1, 2], 2))]);

        var error = Assert.Throws<ArrayFileException>(() => Snapshot.Open(path));

        Assert.Equal(path, error.Path);
        Assert.Contains("no snapshot", error.Message);
    }

    [Theory]
    [InlineData(0.999)]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(0)]
    public void A_truncated_file_is_refused_by_name(double share)
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder);
        using (FileStream file = File.OpenWrite(path))
            file.SetLength((long)(share * file.Length));

        var error = Assert.Throws<ArrayFileException>(() => Snapshot.Open(path));

        Assert.Equal(path, error.Path);
    }

    [Theory]
    [InlineData("classes", "null")]
    [InlineData("classes", "[")]
    [InlineData("resolution", "wide")]
    [InlineData("images", "99999999999999999999")]
    [InlineData("config", "{}")]
    [InlineData("config", null)]
    public void Damaged_metadata_is_refused_by_the_name_of_the_file(string key, string? value)
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder);
        Rewrite(path, (name, array) => (name, array), metadata =>
        {
            metadata.Remove(key);
            if (value is not null)
                metadata[key] = value;
        });

        var error = Assert.Throws<ArrayFileException>(() => Snapshot.Open(path));

        Assert.Equal(path, error.Path);
        Assert.Equal("metadata", error.Place);
    }

    [Fact]
    public void A_setting_that_is_unknown_is_refused_by_those_who_ask_for_settings_and_not_by_those_who_draw()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder);
        Rewrite(path, (name, array) => (name, array), metadata => metadata["config"] = metadata["config"].Replace("\"batchSize\"", "\"bachSize\"", StringComparison.Ordinal));

        var snapshot = Snapshot.Open(path);
        using Generator generator = snapshot.LoadGenerator();
        var error = Assert.Throws<ArrayFileException>(() => snapshot.Config);

        Assert.Equal(path, error.Path);
        Assert.Contains("bachSize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_that_cannot_be_read_is_told_by_its_setting()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder);
        Rewrite(path, (name, array) => (name, array), metadata => metadata["config"] = metadata["config"].Replace("\"latentSize\"", "\"latenSize\"", StringComparison.Ordinal));

        var error = Assert.Throws<ArrayFileException>(() => Snapshot.Open(path));

        Assert.Contains("model.latenSize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_extra_and_misshapen_tensors_are_listed_by_name()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder);
        Rewrite(path, (name, array) => name switch
        {
            "generator.conv.bias" => ("generator.conv.extra", array),
            "generator.conv.weight" => (name, new HostArray(array.DType, [array.Count], array.Bytes.ToArray())),
            _ => (name, array),
        });

        var error = Assert.Throws<ArrayFileException>(() => Snapshot.Open(path).LoadGenerator());

        Assert.Equal(path, error.Path);
        Assert.Contains("generator.conv.bias is missing", error.Message);
        Assert.Contains("generator.conv.extra is not part of this network", error.Message);
        Assert.Contains("generator.conv.weight is [216] and should be [3, 8, 3, 3]", error.Message);
    }

    [Fact]
    public void A_state_that_is_none_or_of_another_run_is_refused_and_nothing_leaks()
    {
        using var run = new SmallRun();
        using var other = new SmallRun(SmallRun.Plain with { Model = new SnganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 } });
        run.RunUntil(8);
        other.RunUntil(8);

        File.Copy(run.Directory.SnapshotFile(8), run.Directory.StateFile(8), overwrite: true);
        var noState = Assert.Throws<ArrayFileException>(() => run.Resume());
        File.Copy(other.Directory.StateFile(8), run.Directory.StateFile(8), overwrite: true);
        var foreign = Assert.Throws<ArrayFileException>(() => run.Resume());

        Assert.Contains("no training state", noState.Message);
        Assert.Equal(run.Directory.StateFile(8), foreign.Path);
        Assert.Contains("is missing", foreign.Message);
    }

    [Fact]
    public void A_run_without_a_state_says_so()
    {
        using var run = new SmallRun();

        var error = Assert.Throws<RunException>(() => run.Resume());

        Assert.Contains(run.Directory.Path, error.Message);
    }

    private static GanModel Gan(ulong seed)
    {
        using var random = new RandomSource(seed);
        return SmallRun.Plain.Model.Build(SmallRun.Images, random);
    }

    private static string Written(TemporaryFolder folder)
    {
        using GanModel gan = Gan(1);
        Snapshot.Write(folder.At("a.safetensors"), SmallRun.Plain, s_classes, gan, null, clock: 0);
        return folder.At("a.safetensors");
    }

    private static void Rewrite(
        string path, Func<string, HostArray, (string Name, HostArray Array)> change, Action<Dictionary<string, string>>? changeMetadata = null)
    {
        string beside = path + ".new";
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            var metadata = new Dictionary<string, string>(file.Metadata);
            changeMetadata?.Invoke(metadata);
            SafetensorsWriter.Write(beside, file.Names.Select(name => change(name, file[name])).Select(entry => new SafetensorsEntry(entry.Name, entry.Array)), metadata);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static void AssertSame(Module expected, Module actual)
    {
        foreach (((string name, Parameter one), (_, Parameter other)) in expected.State().Zip(actual.State()))
            Assert.True(one.Value.ToArray<float>().AsSpan().SequenceEqual(other.Value.ToArray<float>()), name);
    }
}
