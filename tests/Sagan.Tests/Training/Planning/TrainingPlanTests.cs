using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Recipes;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Planning;

namespace Sagan.Tests.Training.Planning;

public sealed class TrainingPlanTests
{
    [Fact]
    public void Work_follows_from_both_networks_and_the_proportion_of_updates()
    {
        TrainingConfig config = SmallRun.Plain with { BatchSize = 64, GeneratorBatchSize = 128, DiscriminatorSteps = 5 };

        var plan = TrainingPlan.Of(config, SmallRun.Images);

        double g = plan.Generator.Flops, d = plan.Discriminator.Flops;
        Assert.Equal(g + (6 * d), plan.Work.DiscriminatorPerPicture);
        Assert.Equal((3 * g) + (2 * d), plan.Work.GeneratorPerPicture);
        Assert.Equal(g + (6 * d) + (((3 * g) + (2 * d)) * 128 / 320), plan.Work.PerImage, 1e-6 * plan.Work.PerImage);
    }

    [Fact]
    public void What_does_not_depend_on_the_batch_is_exact()
    {
        TrainingConfig config = SmallRun.Plain with { GeneratorOptimizer = new AdamConfig { Beta1 = 0.5 } };
        using Generator generator = config.Model.BuildGenerator(SmallRun.Images);
        using Discriminator discriminator = config.Model.BuildDiscriminator(SmallRun.Images);
        using Optimizer generatorOptimizer = config.GeneratorOptimizer.Build(generator);
        using Optimizer discriminatorOptimizer = config.DiscriminatorOptimizer.Build(discriminator);

        MemoryNeed memory = TrainingPlan.Of(config, SmallRun.Images).Memory;

        Assert.Equal(Bytes(generator.State()) + Bytes(discriminator.State()), memory.Weights);
        Assert.Equal(Bytes(generator.State()), memory.Average);
        Assert.Equal(4 * (generator.ParameterCount + discriminator.ParameterCount), memory.Gradients);
        Assert.Equal(Bytes(generatorOptimizer.State()) + Bytes(discriminatorOptimizer.State()), memory.Optimizers);
    }

    [Fact]
    public void Activations_grow_with_the_part_of_the_batch_that_is_done_at_once()
    {
        Span whole = TrainingPlan.Of(SmallRun.Plain with { BatchSize = 32 }, SmallRun.Images).Memory.Activations;
        Span parts = TrainingPlan.Of(SmallRun.Plain with { BatchSize = 32, MicroBatchSize = 8 }, SmallRun.Images).Memory.Activations;

        Assert.Equal(whole.Least / 4, parts.Least, 1);
        Assert.True(whole.Least < whole.Most);
    }

    [Fact]
    public void Every_recipe_can_be_planned()
    {
        Assert.All(RecipeBook.All.Where(recipe => recipe.Resolution <= 64), recipe =>
        {
            var plan = TrainingPlan.Of(recipe.Config, new ImageSpec(3, recipe.Resolution, 10));
            Assert.True(plan.Work.PerImage > plan.Generator.Flops);
        });
    }

    [Fact]
    public void A_gpu_is_found_however_it_is_spelled_and_a_faster_one_takes_no_longer()
    {
        var plan = TrainingPlan.Of(SmallRun.Plain with { TotalImages = 1_000_000_000 }, SmallRun.Images);

        GpuFigures t4 = GpuFigures.Find("t4")!, h100 = GpuFigures.Find("h-100")!;

        Assert.Same(GpuFigures.Find("rtx4090"), GpuFigures.Find("RTX 4090"));
        Assert.Null(GpuFigures.Find("abacus"));
        Assert.True(plan.SecondsOn(h100).Most <= plan.SecondsOn(t4).Most);
        Assert.True(plan.SecondsOn(t4).Least < plan.SecondsOn(t4).Most);
    }

    [Fact]
    public void A_measurement_runs_both_updates_and_leaves_no_tensor_behind()
    {
        StepMeasurement measured = OneThread.Compute(() => StepMeasurement.Of(SmallRun.Plain, SmallRun.Images, Device.Cpu, seconds: 0.2));

        Assert.InRange(measured.Batch, 2, 8);
        Assert.InRange(measured.Iterations, 2, 5);
        Assert.InRange(measured.SecondsPerImage.Least, double.Epsilon, measured.SecondsPerImage.Most);
    }

    private static long Bytes(IEnumerable<(string Name, Parameter Value)> state) => state.Sum(entry => 4 * entry.Value.Value.Count);
}
