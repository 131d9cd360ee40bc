using Sagan.Runs;
using Sagan.Tests.Data;

namespace Sagan.Tests.Runs;

public sealed class RunDirectoryTests
{
    [Fact]
    public void Numbers_go_on_from_the_highest_there_is()
    {
        using var folder = new TemporaryFolder();
        string root = folder.At("runs");

        Assert.Equal("00000-tiny", Path.GetFileName(RunDirectory.Create(root, "tiny").Path));
        Assert.Equal("00001-tiny", Path.GetFileName(RunDirectory.Create(root, "tiny").Path));
        Directory.CreateDirectory(Path.Combine(root, "00041-somebody's"));
        Directory.CreateDirectory(Path.Combine(root, "notes"));
        Directory.CreateDirectory(Path.Combine(root, "-7-odd"));
        Assert.Equal("00042-tiny", Path.GetFileName(RunDirectory.Create(root, "tiny").Path));
    }

    [Fact]
    public void Many_at_once_get_a_directory_each()
    {
        using var folder = new TemporaryFolder();
        var paths = new string[32];

        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => paths[i] = RunDirectory.Create(folder.Path, "tiny").Path);

        Assert.Distinct(paths);
    }

    [Fact]
    public void A_folder_without_a_configuration_is_no_run()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<RunException>(() => RunDirectory.Open(folder.Path));

        Assert.Contains(folder.Path, error.Message);
        Assert.Contains("config.json", error.Message);
        Assert.False(RunDirectory.IsRun(folder.Path));
    }

    [Fact]
    public void A_run_opens_where_it_was_created()
    {
        using var folder = new TemporaryFolder();
        RunDirectory created = RunDirectory.Create(folder.Path, "tiny");
        created.WriteConfig("{}");

        RunDirectory opened = RunDirectory.Open(created.Path + Path.DirectorySeparatorChar);

        Assert.Equal(created.Path, opened.Path);
        Assert.True(RunDirectory.IsRun(created.Path));
        Assert.Equal("{}", File.ReadAllText(opened.ConfigFile));
    }

    [Fact]
    public void A_run_is_held_by_one_at_a_time()
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunDirectory.Create(folder.Path, "tiny");

        using (run.Hold())
            Assert.Contains("another process", Assert.Throws<RunException>(run.Hold).Message, StringComparison.Ordinal);

        run.Hold().Dispose();
    }

    [Fact]
    public void The_newest_resumable_time_has_a_snapshot_and_a_state()
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunDirectory.Create(folder.Path, "tiny");
        Assert.Null(run.NewestResumable());
        Assert.Throws<RunException>(run.NewestSnapshot);

        Touch(run.SnapshotFile(100), run.StateFile(100), run.SnapshotFile(1_000_000_000), run.SnapshotFile(300), run.StateFile(400));
        Touch(run.StateFile(300) + ".tmp-1f", Path.Combine(run.Path, "snapshots", "snapshot-old.safetensors"));

        Assert.Equal([100, 300, 1_000_000_000], run.Snapshots());
        Assert.Equal(100, run.NewestResumable());
        Assert.Equal(run.SnapshotFile(1_000_000_000), run.NewestSnapshot());
    }

    [Fact]
    public void Pruning_removes_what_may_go_and_all_states_but_two()
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunDirectory.Create(folder.Path, "tiny");
        long[] times = [100, 200, 300, 400];
        Touch([.. times.Select(run.SnapshotFile), .. times.Select(run.StateFile), .. times.Select(run.SamplesFile)]);

        run.Prune([100, 300]);

        Assert.Equal([200, 400], run.Snapshots());
        Assert.Equal([false, false, true, true], times.Select(images => File.Exists(run.StateFile(images))));
        Assert.All(times, images => Assert.True(File.Exists(run.SamplesFile(images))));
    }

    [Fact]
    public void Leftovers_of_a_killed_process_go_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        RunDirectory run = RunDirectory.Create(folder.Path, "tiny");
        Touch(run.SnapshotFile(100), run.StateFile(100), run.EventsFile, run.StopFile);
        Touch(run.SnapshotFile(200) + ".tmp-1f", run.EventsFile + ".tmp-77");
        Assert.True(run.StopRequested);

        run.RemoveLeftovers();

        Assert.False(run.StopRequested);
        Assert.Equal(
            new[] { run.EventsFile, run.LogFile, run.SnapshotFile(100), run.StateFile(100) }.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    private static void Touch(params string[] files) => Array.ForEach(files, file => File.WriteAllText(file, ""));
}
