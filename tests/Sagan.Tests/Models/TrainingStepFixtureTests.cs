using Sagan.Layers;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>mimicry's training step: two discriminator steps in two passes each (real, then fake), then one generator step.</summary>
/// <remarks>
/// In double precision, where no tie falls by chance (see <see cref="NetworkFixtureTests"/>). Gradients first. Adam with beta1 = 0 moves every element by about the learning rate whatever its gradient's size, so that
/// an element whose gradient is rounding noise may end up twice the rate away for each step; hence the two bounds.
/// </remarks>
public class TrainingStepFixtureTests
{
    private const int DiscriminatorSteps = 2;

    private static readonly AdamConfig s_adam = new() { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9, Epsilon = 1e-8 };

    [SharedTheory("fixtures")]
    [InlineData("mimicry_sngan32")]
    [InlineData("mimicry_sngan64")]
    [InlineData("mimicry_cganpd32")]
    [InlineData("mimicry_cganpd128")]
    [InlineData("mimicry_sagan32")]
    [InlineData("mimicry_sagan128")]
    public void Losses_gradients_and_parameters_after_a_step_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);
        using var generatorAdam = new Adam(pair.Generator, s_adam);
        using var discriminatorAdam = new Adam(pair.Discriminator, s_adam);

        double discriminatorLoss = 0;
        for (int step = 0; step < DiscriminatorSteps; step++)
            discriminatorLoss = StepDiscriminator(pair, discriminatorAdam, step);
        ExpectGradients(pair.Fixture, "D", pair.DiscriminatorNames, pair.Discriminator);
        double generatorLoss = StepGenerator(pair, generatorAdam);
        ExpectGradients(pair.Fixture, "G", pair.GeneratorNames, pair.Generator);

        ExpectLoss(pair.Fixture, "step_loss__errD", discriminatorLoss);
        ExpectLoss(pair.Fixture, "step_loss__errG", generatorLoss);
        ExpectParameters(pair.Fixture, "D", pair.DiscriminatorNames, pair.Discriminator, DiscriminatorSteps);
        ExpectParameters(pair.Fixture, "G", pair.GeneratorNames, pair.Generator, steps: 1);
    }

    private static double StepDiscriminator(LoadedPair pair, Adam adam, int step)
    {
        using Scope scope = Scope.Open();
        adam.ClearGradients();
        Tensor real = pair.Discriminator.Forward(pair.Row("step_x", step), pair.LabelRow("step_x_y", step));
        Tensor? labels = pair.LabelRow("step_y", step);
        Tensor pictures;
        using (Autograd.NoGrad())
            pictures = pair.Generator.Forward(pair.Row("step_z", step), labels);
        Tensor loss = pair.Case.Loss.ForDiscriminator(real, pair.Discriminator.Forward(pictures, labels));

        Autograd.Backward(loss);
        adam.Step();
        return loss.Item();
    }

    private static double StepGenerator(LoadedPair pair, Adam adam)
    {
        using Scope scope = Scope.Open();
        using FreezeScope frozen = pair.Discriminator.Freeze();
        adam.ClearGradients();
        Tensor? labels = pair.LabelRow("step_y", DiscriminatorSteps);
        Tensor pictures = pair.Generator.Forward(pair.Row("step_z", DiscriminatorSteps), labels);
        Tensor loss = pair.Case.Loss.ForGenerator(pair.Discriminator.Forward(pictures, labels));

        Autograd.Backward(loss);
        adam.Step();
        return loss.Item();
    }

    private static void ExpectLoss(Fixture fixture, string array, double actual)
    {
        double expected = fixture.Tensor(array).Item();
        double room = fixture.SuggestedDifference(array);
        Assert.True(Math.Abs(expected - actual) <= room, $"{array}: {actual:g6}, expected {expected:g6} within {room:e1}");
    }

    private static void ExpectGradients(Fixture fixture, string network, PeerNames names, Module module)
    {
        if (fixture.NamesAfter($"step_{network}_grad__").Any())
            names.ExpectGradients(fixture, $"step_{network}_grad__", module, Tolerance.Gradient);
        Checksum.Require(
            fixture, $"step_{network}_grad_checksum", $"{network}_parameters",
            theirs => names.InTheirOrder(module, theirs, PeerNames.Gradient));
    }

    private static void ExpectParameters(Fixture fixture, string network, PeerNames names, Module module, int steps)
    {
        string[] order = fixture.Texts($"{network}_parameters");
        HashSet<int> rounding = fixture.RoundingRows($"step_{network}_grad_checksum");
        string[] arrays = [.. fixture.NamesAfter($"step_{network}_param__")];
        Assert.NotEmpty(arrays);
        foreach (string theirs in arrays)
        {
            string array = $"step_{network}_param__{theirs}";
            double[] expected = Closeness.Values(fixture.Tensor(array));
            double[] actual = Closeness.Values(names.InTheirOrder(module, theirs, parameter => parameter.Value.Detach()));
            double[] differences = [.. expected.Zip(actual, (a, b) => Math.Abs(a - b)).Order()];

            Assert.Equal(expected.Length, actual.Length);
            double most = differences[^1];
            Assert.True(most <= 2 * s_adam.LearningRate * steps, $"{array}: an element is {most:e2} off");
            if (rounding.Contains(Array.IndexOf(order, theirs)))
                continue;

            double nearlyAll = differences[(int)Math.Ceiling(0.99 * differences.Length) - 1];
            double room = 10 * fixture.DoublePrecisionChange(array) + 1e-6;
            Assert.True(nearlyAll <= room, $"{array}: 99% of the elements are within {nearlyAll:e2}, not {room:e2}");
        }
    }
}
