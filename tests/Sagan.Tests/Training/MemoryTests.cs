using Sagan.Recipes;
using Sagan.Tensors;
using Sagan.Training;
using Xunit.Abstractions;

namespace Sagan.Tests.Training;

public sealed class MemoryTests(ITestOutputHelper output)
{
    [Fact]
    public void Steps_and_snapshots_leave_no_tensor_behind()
    {
        using var run = new SmallRun(SmallRun.Plain with { TotalImages = 8 * 22, MicroBatchSize = 4, SnapshotImages = 64 });
        var live = new List<long>();

        run.Start(_ => live.Add(Tensor.LiveCount));

        Assert.Equal(22, live.Count);
        Assert.Single(live.Skip(1).Distinct());
        Assert.Equal(0, Scope.Depth);
    }

    // One batch of pictures (400 kB) left behind every step would be 280 MB here; what the allocator keeps in stock varies by 40.
    [LongFact]
    public void A_thousand_steps_of_the_tiny_recipe_keep_the_memory_of_the_first_three_hundred()
    {
        TrainingConfig tiny = RecipeBook.Find("tiny")!.Config;
        using var run = new SmallRun(tiny with { TotalImages = 1_000L * tiny.BatchSize, SnapshotImages = 200L * tiny.BatchSize });
        long early = 0;
        long late = 0;

        int step = 0;
        run.Start(_ =>
        {
            step++;
            if (step % 50 != 0)
                return;

            // Where caches are large, the runtime lets 100 MB of dead managed objects gather before it looks; this is about the others.
            GC.Collect();
            long resident = Environment.WorkingSet;
            output.WriteLine($"step {step}: resident {resident / 1e6:0} MB, managed {GC.GetTotalMemory(false) / 1e6:0} MB");
            if (step <= 300)
                early = Math.Max(early, resident);
            else
                late = Math.Max(late, resident);
        });

        Assert.InRange(late, 0, early + 64_000_000);
    }
}
