using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class NonFiniteTests
{
    private static readonly AdamConfig s_wild = new() { LearningRate = 1e30 };

    [Fact]
    public void A_run_that_breaks_says_where_and_when_and_saves_nothing()
    {
        using var run = new SmallRun(SmallRun.Plain with { DiscriminatorOptimizer = s_wild, GeneratorOptimizer = s_wild });

        var error = Assert.Throws<NonFiniteException>(() => run.Start());

        Assert.Matches("^(generator|discriminator)\\.", error.Part);
        Assert.Matches("between images [0-9]+ and [0-9]+", error.Message);
        Assert.Contains("learning rate", error.Message);
        Assert.Empty(run.Directory.Snapshots());
        Assert.Null(run.Directory.NewestResumable());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_former_snapshot_stays_as_it_was_and_none_is_added(bool generatorBreaks)
    {
        using var run = new SmallRun();
        run.RunUntil(16);
        string[] files = [run.Directory.SnapshotFile(16), run.Directory.StateFile(16), run.Directory.SamplesFile(16)];
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        TrainingConfig wild = generatorBreaks ? run.Config with { GeneratorOptimizer = s_wild } : run.Config with { DiscriminatorOptimizer = s_wild };

        var error = Assert.Throws<NonFiniteException>(() => run.Resume(changed: wild with { TotalImages = 16_000 }));

        Assert.Contains("resume", error.Message);
        Assert.Equal([16L], run.Directory.Snapshots());
        Assert.Equal(16, run.Directory.NewestResumable());
        Assert.Equal(before, files.Select(File.ReadAllBytes));
    }

    [Fact]
    public void A_broken_run_resumes_with_a_smaller_rate()
    {
        using var run = new SmallRun();
        run.RunUntil(16);
        Assert.Throws<NonFiniteException>(() => run.Resume(changed: run.Config with { DiscriminatorOptimizer = s_wild }));

        Assert.Equal(TrainingOutcome.Finished, run.Resume());
    }
}
