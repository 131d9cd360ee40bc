using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class DiscriminatorStepTests
{
    // Exact in principle: the discriminator knows no batch statistics, and power iterations that have arrived stay where they are.
    [Fact]
    public void Micro_batches_add_up_to_the_gradient_of_the_whole_batch()
    {
        TrainingConfig config = SmallRun.Plain with { JointPass = false };

        Dictionary<string, float[]> whole = Gradients(config);
        Dictionary<string, float[]> parts = Gradients(config with { MicroBatchSize = 4 });

        Assert.Equal(whole.Keys, parts.Keys);
        Assert.All(whole, entry =>
        {
            double norm = Math.Sqrt(entry.Value.Sum(value => (double)value * value));
            double distance = Math.Sqrt(entry.Value.Zip(parts[entry.Key], (a, b) => Math.Pow((double)a - b, 2)).Sum());
            Assert.True(distance <= 1e-4 * norm + 1e-7, $"{entry.Key}: {distance} of {norm}");
        });
        Assert.True(whole.Count(entry => entry.Value.Any(value => value != 0)) > 20);
    }

    [Fact]
    public void One_joint_pass_has_the_gradient_of_two_once_power_iterations_have_arrived()
    {
        Dictionary<string, float[]> joint = Gradients(SmallRun.Plain with { JointPass = true });
        Dictionary<string, float[]> two = Gradients(SmallRun.Plain with { JointPass = false });

        Assert.All(joint, entry =>
        {
            double norm = Math.Sqrt(entry.Value.Sum(value => (double)value * value));
            double distance = Math.Sqrt(entry.Value.Zip(two[entry.Key], (a, b) => Math.Pow((double)a - b, 2)).Sum());
            Assert.True(distance <= 1e-4 * norm + 1e-7, $"{entry.Key}: {distance} of {norm}");
        });
    }

    private static Dictionary<string, float[]> Gradients(TrainingConfig config)
    {
        using var random = new RandomSource(3);
        using GanModel gan = config.Model.Build(SmallRun.Images, random);
        gan.Discriminator.AdvanceSpectralNorms(2_000);
        using Dataset dataset = config.Dataset.Open();
        using var steps = new TrainingSteps(config, gan, dataset, Device.Cpu);

        // In evaluation the generator's pictures do not depend on the batch they are drawn in.
        using (gan.Generator.Eval())
            steps.Discriminator.Run(images: 0, rateFactor: 1);

        using Scope scope = Scope.Open();
        return gan.Discriminator.NamedParameters().ToDictionary(entry => entry.Name, entry => entry.Value.Value.Gradient!.ToArray<float>());
    }
}
