using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Training;
using Sagan.Training.Best;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Collapse;

public sealed class CollapsedRunTests
{
    [Fact]
    public void A_generator_that_draws_one_picture_is_told_of_and_trains_on()
    {
        using var run = new CollapsingRun(CollapseAction.Warn);

        TrainingOutcome outcome = run.ToTheEnd();

        Assert.Equal(TrainingOutcome.Finished, outcome);
        CollapseWarning warning = Assert.Single(run.Warnings, warning => warning.IsCollapse);
        Assert.Equal((CollapseCause.Diversity, 48L), (warning.Cause, warning.Images));
        Assert.Contains(EventLog.Read(run.Files.Directory.EventsFile), line => line["event"]?.ToString() == "warning" && line["cause"]!.ToString() == "diversity");
    }

    [Fact]
    public void A_healthy_run_says_nothing_and_is_the_same_whatever_the_policy()
    {
        using var warned = new CollapsingRun(CollapseAction.Warn, breakAt: -1);
        using var guarded = new CollapsingRun(CollapseAction.Rollback, breakAt: -1);

        warned.ToTheEnd();
        guarded.ToTheEnd();

        Assert.Empty(warned.Warnings.Concat(guarded.Warnings));
        Assert.Equal(0, TrainingState.Rollbacks(guarded.Files.Directory.StateFile(96)));
        Assert.Equal(File.ReadAllBytes(warned.Files.Directory.StateFile(96)), File.ReadAllBytes(guarded.Files.Directory.StateFile(96)));
    }

    [Fact]
    public void Stopping_saves_and_names_the_outcome()
    {
        using var run = new CollapsingRun(CollapseAction.Stop);

        Assert.Equal(TrainingOutcome.Collapsed, run.Once());
        Assert.Equal(48, run.Files.Directory.NewestResumable());
    }

    [Fact]
    public void Rolling_back_forgets_what_came_after_the_best_snapshot_and_keeps_its_log()
    {
        using var run = new CollapsingRun(CollapseAction.Rollback);
        RunDirectory directory = run.Files.Directory;

        TrainingOutcome outcome = run.Once();

        Assert.Equal(TrainingOutcome.RolledBack, outcome);
        long best = directory.NewestResumable()!.Value;
        Assert.InRange(best, 16, 32);
        Assert.Equal(best, JsonNode.Parse(File.ReadAllText(directory.BestFile))!["images"]!.GetValue<long>());
        Assert.Equal(best, directory.Snapshots()[^1]);
        Assert.Equal(1, TrainingState.Rollbacks(directory.StateFile(best)));
        Assert.Equal("rollback", EventLog.Read(directory.EventsFile).Last()["event"]!.ToString());
        Assert.Contains(EventLog.Read(directory.AbandonedEventsFile(1)), line => line["event"]?.ToString() == "warning");
    }

    // A metric that prefers the broken generator: the discriminator then tells nothing apart.
    [Fact]
    public void A_collapsed_snapshot_is_never_the_best()
    {
        TrainingConfig config = CollapsingRun.Config(CollapseAction.Warn) with { Keep = new KeepPolicy { Best = new MarginMetric() } };
        using var run = new CollapsingRun(CollapseAction.Warn);

        run.Once(config);

        JsonObject[] snapshots = [.. EventLog.Read(run.Files.Directory.EventsFile).Where(line => line["event"]?.ToString() == "snapshot")];
        Assert.Equal([true, true, false, false, false, false], snapshots.Select(line => line["value"] is not null));
    }

    [Fact]
    public void After_a_rollback_the_run_draws_otherwise_and_finishes()
    {
        using var broken = new CollapsingRun(CollapseAction.Rollback);
        using var healthy = new CollapsingRun(CollapseAction.Rollback, breakAt: -1);

        Assert.Equal(TrainingOutcome.Finished, broken.ToTheEnd());
        healthy.ToTheEnd();

        Assert.NotEqual(File.ReadAllBytes(healthy.Files.Directory.SamplesFile(96)), File.ReadAllBytes(broken.Files.Directory.SamplesFile(96)));
        Assert.Equal(1, TrainingState.Rollbacks(broken.Files.Directory.StateFile(96)));
    }

    [Fact]
    public void A_run_that_went_back_resumes_exactly_wherever_it_is_interrupted()
    {
        using var whole = new CollapsingRun(CollapseAction.Rollback);
        using var parts = new CollapsingRun(CollapseAction.Rollback);
        RunDirectory directory = parts.Files.Directory;

        whole.ToTheEnd();
        Assert.Equal(TrainingOutcome.RolledBack, parts.Once());
        Assert.Equal(TrainingOutcome.Stopped, parts.Once(stopAt: directory.NewestResumable()!.Value + 8));
        Assert.Equal(TrainingOutcome.Stopped, parts.Once(stopAt: 64));
        Assert.Equal(TrainingOutcome.Finished, parts.Once());

        SmallRun.AssertSameAt(96, whole.Files, parts.Files);
    }

    [Fact]
    public void A_run_killed_before_it_could_go_back_does_so_when_it_continues()
    {
        using var run = new CollapsingRun(CollapseAction.Warn);
        run.Once(stopAt: 48);

        TrainingOutcome outcome = run.Once(CollapsingRun.Config(CollapseAction.Rollback));

        Assert.Equal(TrainingOutcome.RolledBack, outcome);
        Assert.InRange(run.Files.Directory.NewestResumable()!.Value, 16, 32);
    }

    [Fact]
    public void A_run_that_collapses_again_and_again_stops_after_its_last_rollback()
    {
        using var run = new CollapsingRun(CollapseAction.Rollback) { BreaksAgain = true };
        TrainingConfig config = CollapsingRun.Config(CollapseAction.Rollback);
        config = config with { Collapse = config.Collapse with { MostRollbacks = 2 } };

        Assert.Equal(TrainingOutcome.RolledBack, run.Once(config));
        Assert.Equal(TrainingOutcome.RolledBack, run.Once(config));
        Assert.Equal(TrainingOutcome.Collapsed, run.Once(config));
    }

    [Fact]
    public void Losses_that_break_are_gone_back_from_as_well()
    {
        using var run = new CollapsingRun(CollapseAction.Rollback, bias: double.NaN);

        Assert.Equal(TrainingOutcome.RolledBack, run.Once());
        Assert.Equal(CollapseCause.NonFinite, Assert.Single(run.Warnings).Cause);
        Assert.Equal(TrainingOutcome.Finished, run.Once());
    }

    [Fact]
    public void Without_a_snapshot_to_go_back_to_broken_losses_end_the_run_as_ever()
    {
        using var run = new CollapsingRun(CollapseAction.Rollback, breakAt: 8, bias: double.NaN);

        Assert.Throws<NonFiniteException>(() => run.Once());
    }

    [Fact]
    public void Held_out_pictures_are_not_trained_on()
    {
        TrainingConfig config = CollapsingRun.Config(CollapseAction.Warn) with { TotalImages = 16 };
        using var all = new CollapsingRun(CollapseAction.Warn, breakAt: -1);
        using var fewer = new CollapsingRun(CollapseAction.Warn, breakAt: -1);

        all.Once(config);
        fewer.Once(config with { Collapse = config.Collapse with { HeldOut = 10 } });

        Assert.NotEqual(File.ReadAllBytes(all.Files.Directory.StateFile(16)), File.ReadAllBytes(fewer.Files.Directory.StateFile(16)));
    }
}
