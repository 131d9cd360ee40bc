using Sagan.Data;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;
using Sagan.Tests.Training.Collapse;
using Sagan.Training;
using Sagan.Training.Collapse;
using Sagan.Training.Growing;

namespace Sagan.Tests.Training.Growing;

public sealed class GrowthChainTests : IDisposable
{
    private static readonly TrainingConfig s_config = SmallRun.Plain with
    {
        Model = new GrowingGanConfig { LatentSize = 8, Stages = [8, 16], FadeImages = 40, GeneratorWidth = 1, DiscriminatorWidth = 1, Attention = [8] },
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Stages_follow_one_another_and_then_nothing()
    {
        TrainingConfig first = GrowthChain.First(s_config);
        TrainingConfig second = GrowthChain.After(first)!;

        Assert.Equal((8, 16), (((ToyboxConfig)first.Dataset).Resolution, ((ToyboxConfig)second.Dataset).Resolution));
        Assert.Equal((0, 1), (GrowthChain.Place(first), GrowthChain.Place(second)));
        Assert.Null(GrowthChain.After(second));
    }

    [Fact]
    public void What_does_not_grow_or_has_no_time_for_it_is_refused()
    {
        Assert.Equal("model.kind", Assert.Throws<ConfigException>(() => GrowthChain.First(SmallRun.Plain)).SettingPath);
        Assert.Equal("model.fadeImages", Assert.Throws<ConfigException>(() => GrowthChain.First(s_config with { TotalImages = 40 })).SettingPath);
        Assert.Equal("dataset.resolution", Assert.Throws<ConfigException>(() => GrowthChain.Place(s_config)).SettingPath);
    }

    [Fact]
    public void Runs_find_the_one_before_and_the_one_behind()
    {
        RunDirectory first = Create("a"), second = Create("b");
        Assert.Null(GrowthChain.Successor(first));

        GrowthChain.Link(second, first);

        Assert.Equal(second.Path, GrowthChain.Successor(first)!.Path);
        Assert.Equal(first.Path, GrowthChain.Former(second)!.Path);
        Assert.Null(GrowthChain.Former(first));
        Directory.Delete(first.Path, recursive: true);
        Assert.Contains("move the runs of a chain together", Assert.Throws<RunException>(() => GrowthChain.Former(second)).Message);
    }

    [Fact]
    public void A_stage_starts_with_the_weights_of_the_former_and_draws_its_pictures_enlarged()
    {
        using var first = new SmallRun(GrowthChain.First(s_config));
        first.Start();
        using var second = new SmallRun(GrowthChain.After(first.Config)!);

        using Dataset dataset = second.Config.Dataset.Open();
        using (Trainer trainer = Trainer.Start(second.Config, dataset, second.Directory, Device.Cpu, Snapshot.Open(first.Directory.SnapshotFile(48)), grows: true))
        {
            Dictionary<string, float[]> values = trainer.Gan.Generator.State().ToDictionary(entry => entry.Name, entry => Values(entry.Value.Value));
            using SafetensorsFile former = SafetensorsFile.Open(first.Directory.SnapshotFile(48));
            Assert.Equal(former["generator.linear.weight"].ToFloat32(), values["linear.weight"]);
            Assert.Equal(former["generator.head8.conv.weight"].ToFloat32(), values["head8.conv.weight"]);
            Assert.Equal([0f], values["fade16.alpha"]);

            using var stop = new CancellationTokenSource();
            trainer.Stepped += _ => stop.Cancel();
            trainer.Run(stop.Token);
        }

        using SafetensorsFile snapshot = SafetensorsFile.Open(second.Directory.SnapshotFile(8));
        Assert.Equal([0f], snapshot["generator.fade16.alpha"].ToFloat32());
        Assert.True(File.Exists(second.Directory.SamplesFile(0)));
    }

    [Fact]
    public void A_stage_resumes_exactly_in_the_middle_of_its_fade()
    {
        TrainingConfig config = GrowthChain.After(GrowthChain.First(s_config))!;
        using var whole = new SmallRun(config);
        using var parts = new SmallRun(config);

        whole.Start();
        parts.RunUntil(24);
        parts.Resume();

        SmallRun.AssertSameAt(48, whole, parts);
        using SafetensorsFile middle = SafetensorsFile.Open(parts.Directory.SnapshotFile(24));
        Assert.All(["generator.fade16.alpha", "discriminator.fade16.alpha", "ema.fade16.alpha"], key => Assert.Equal(0.4f, middle[key].ToFloat32()[0]));
    }

    [Fact]
    public void A_stage_that_collapsed_is_not_finished()
    {
        using var run = new CollapsingRun(Collapsing(CollapseAction.Stop));

        Assert.Equal(TrainingOutcome.Collapsed, run.Once());

        Assert.Equal(48, run.Files.Directory.NewestResumable());
        Assert.False(GrowthChain.IsFinished(run.Files.Directory, run.Files.Config));
    }

    [Fact]
    public void A_stage_that_went_back_fades_in_from_there_and_is_finished_at_its_end()
    {
        using var run = new CollapsingRun(Collapsing(CollapseAction.Rollback));
        RunDirectory directory = run.Files.Directory;

        Assert.Equal(TrainingOutcome.RolledBack, run.Once());
        long best = directory.NewestResumable()!.Value;
        Assert.InRange(best, 16, 32);
        Assert.False(GrowthChain.IsFinished(directory, run.Files.Config));
        Assert.Equal(TrainingOutcome.Stopped, run.Once(stopAt: best + 8));

        using (SafetensorsFile snapshot = SafetensorsFile.Open(directory.SnapshotFile(best + 8)))
            Assert.Equal(best / 80f, snapshot["generator.fade16.alpha"].ToFloat32()[0]);
        Assert.Equal(TrainingOutcome.Finished, run.Once());
        Assert.True(GrowthChain.IsFinished(directory, run.Files.Config));
    }

    // Killed between its last snapshot, which had collapsed, and the way back.
    [Fact]
    public void A_stage_that_has_yet_to_go_back_from_its_end_is_not_finished()
    {
        using var run = new CollapsingRun(Collapsing(CollapseAction.Warn), breakAt: 88);
        RunDirectory directory = run.Files.Directory;
        TrainingConfig goingBack = Collapsing(CollapseAction.Rollback);
        run.ToTheEnd();

        Assert.True(GrowthChain.IsFinished(directory, run.Files.Config));
        Assert.False(GrowthChain.IsFinished(directory, goingBack));

        Assert.Equal(TrainingOutcome.RolledBack, run.Once(goingBack));
        Assert.Equal(TrainingOutcome.Finished, run.Once(goingBack));
        Assert.True(GrowthChain.IsFinished(directory, goingBack));
    }

    [Fact]
    public void A_part_of_the_same_name_and_another_shape_is_refused()
    {
        using var first = new SmallRun(GrowthChain.First(s_config));
        first.RunUntil(8);
        using var wider = new SmallRun(GrowthChain.After(first.Config)! with { Model = (GrowingGanConfig)s_config.Model with { GeneratorWidth = 2 } });
        using Dataset dataset = wider.Config.Dataset.Open();

        var error = Assert.Throws<ArrayFileException>(() => Trainer.Start(
            wider.Config, dataset, wider.Directory, Device.Cpu, Snapshot.Open(first.Directory.SnapshotFile(8)), grows: true));

        Assert.Contains("should be", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private RunDirectory Create(string name)
    {
        RunDirectory run = RunDirectory.Create(_folder.Path, name);
        run.WriteConfig(ConfigJson.Write(s_config));
        return run;
    }

    // The second stage, whose generator breaks on its way.
    private static TrainingConfig Collapsing(CollapseAction action) => CollapsingRun.Config(action) with
    {
        Model = (GrowingGanConfig)s_config.Model with { FadeImages = 80 },
        Dataset = s_config.Dataset.WithResolution(16),
    };

    private static float[] Values(Tensor tensor)
    {
        using Scope scope = Scope.Open();
        return tensor.Detach().ToArray<float>();
    }
}
