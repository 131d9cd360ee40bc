using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;
using Sagan.Training;

namespace Sagan.Tests.Models;

/// <summary>
/// BigGAN-PyTorch's training step: some discriminator updates, of one or more accumulated batches, then one of the generator,
/// then its average.
/// </summary>
/// <remarks>
/// In double precision (see <see cref="NetworkFixtureTests"/>), with the bounds of <see cref="TrainingStepFixtureTests"/>. The
/// peer averages the vectors of spectral norms, too; we take them from the generator (<see cref="Ema"/>), so of the average
/// only trained values are compared here.
/// </remarks>
public class BigGanStepFixtureTests
{
    [SharedTheory("fixtures")]
    [MemberData(nameof(NetworkFixtureTests.BigGans), MemberType = typeof(NetworkFixtureTests))]
    public void Losses_gradients_parameters_buffers_and_average_after_a_step_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);
        using var generatorAdam = new Adam(pair.Generator, AdamOf(pair.Fixture, "G_optim"));
        using var discriminatorAdam = new Adam(pair.Discriminator, AdamOf(pair.Fixture, "D_optim"));
        using Ema ema = AverageOf(pair);
        int steps = (int)pair.Fixture.StepNumber("num_D_steps");

        double discriminatorLoss = 0;
        for (int step = 0; step < steps; step++)
            discriminatorLoss = StepDiscriminator(pair, discriminatorAdam, step);
        ExpectGradients(pair.Fixture, "D", pair.DiscriminatorNames, pair.Discriminator);
        double generatorLoss = StepGenerator(pair, generatorAdam);
        ExpectGradients(pair.Fixture, "G", pair.GeneratorNames, pair.Generator);
        ema.Update((long)pair.Fixture.StepNumber("itr"), stepImages: 1);

        ExpectLoss(pair.Fixture, ["step_loss__D_loss_real", "step_loss__D_loss_fake"], discriminatorLoss);
        ExpectLoss(pair.Fixture, ["step_loss__G_loss"], generatorLoss);
        ExpectParameters(pair.Fixture, "D", "param", pair.DiscriminatorNames, pair.Discriminator, steps);
        ExpectParameters(pair.Fixture, "G", "param", pair.GeneratorNames, pair.Generator, steps: 1);
        ExpectParameters(pair.Fixture, "G", "ema", pair.GeneratorNames, ema.Generator, steps: 1);
        pair.DiscriminatorNames.ExpectBuffers(pair.Fixture, "step_D_buffer__", pair.Discriminator, Tolerance.Network);
        pair.GeneratorNames.ExpectBuffers(pair.Fixture, "step_G_buffer__", pair.Generator, Tolerance.Network, pair.Case.OtherBuffers);
    }

    private static AdamConfig AdamOf(Fixture fixture, string key) => new()
    {
        LearningRate = fixture.StepNumber(key, "lr"),
        Beta1 = fixture.StepNumber(key, "B1"),
        Beta2 = fixture.StepNumber(key, "B2"),
        Epsilon = fixture.StepNumber(key, "adam_eps"),
    };

    // The peer's clock is the step's number: one image a step says the same.
    private static Ema AverageOf(LoadedPair pair)
    {
        var config = new EmaConfig
        {
            HalfLifeImages = Math.Log(0.5) / Math.Log(pair.Fixture.StepNumber("ema_decay")),
            StartImages = (long)pair.Fixture.StepNumber("ema_start"),
        };
        Generator average = pair.Model.Model.BuildGenerator(pair.Model.Images);
        average.To(DType.Float64);
        average.CopyFrom(pair.Generator);
        return new Ema(config, pair.Generator, average);
    }

    /// <returns>The loss of the last batch, not divided by how many there are.</returns>
    private static double StepDiscriminator(LoadedPair pair, Adam adam, int step)
    {
        using Scope scope = Scope.Open();
        int batches = (int)pair.Fixture.StepNumber("num_D_accumulations");
        adam.ClearGradients();

        double loss = 0;
        for (int i = 0; i < batches; i++)
            loss = AccumulateDiscriminator(pair, (step * batches) + i, batches);
        Regularise(pair, pair.Fixture.StepNumber("D_ortho"), (term, facts) => term.ForDiscriminator(facts, null));
        adam.Step();
        return loss;
    }

    private static double AccumulateDiscriminator(LoadedPair pair, int draw, int batches)
    {
        using Scope scope = Scope.Open();
        long size = (long)pair.Fixture.StepNumber("batch_size");
        Tensor labels = pair.LabelRow("step_y", draw)!;
        Tensor pictures;
        using (Autograd.NoGrad())
            pictures = pair.Generator.Forward(pair.Row("step_z", draw), labels);
        Tensor real = pair.Fixture.Tensor("step_x").Narrow(0, draw * size, size).To(DType.Float64);
        Tensor realLabels = pair.Fixture.Tensor("step_x_y").Narrow(0, draw * size, size);

        (Tensor Fake, Tensor Real) logits = pair.Fixture.StepFlag("split_D")
            ? (pair.Discriminator.Forward(pictures, labels), pair.Discriminator.Forward(real, realLabels))
            : pair.Discriminator.Forward(Tensor.Concat(0, pictures, real), Tensor.Concat(0, labels, realLabels)).Halve(0);
        Tensor loss = pair.Case.Loss.ForDiscriminator(logits.Real, logits.Fake);
        Autograd.Backward(loss / batches);
        return loss.Item();
    }

    /// <returns>The loss of the last batch, divided by how many there are, as the peer reports it.</returns>
    private static double StepGenerator(LoadedPair pair, Adam adam)
    {
        using Scope scope = Scope.Open();
        using FreezeScope frozen = pair.Discriminator.Freeze();
        int batches = (int)pair.Fixture.StepNumber("num_G_accumulations");
        int first = (int)(pair.Fixture.StepNumber("num_D_steps") * pair.Fixture.StepNumber("num_D_accumulations"));
        adam.ClearGradients();

        double loss = 0;
        for (int i = 0; i < batches; i++)
        {
            Tensor labels = pair.LabelRow("step_y", first + i)!;
            Tensor pictures = pair.Generator.Forward(pair.Row("step_z", first + i), labels);
            Tensor share = pair.Case.Loss.ForGenerator(pair.Discriminator.Forward(pictures, labels)) / batches;
            Autograd.Backward(share);
            loss = share.Item();
        }

        Regularise(pair, pair.Fixture.StepNumber("G_ortho"), (term, facts) => term.ForGenerator(facts, null));
        adam.Step();
        return loss;
    }

    private static void Regularise(LoadedPair pair, double weight, Func<OrthogonalPenalty, LossStep, Tensor?> value)
    {
        using Scope scope = Scope.Open();
        Tensor none = Tensor.Zeros([1]);
        var facts = new LossStep
        {
            Gan = new GanModel(pair.Generator, pair.Discriminator),
            Latents = none,
            Fake = new Batch(none, none),
            FakeJudgement = none,
            Judge = _ => none,
            Draws = new Draws(0, DrawPurpose.GeneratorTerms, 0, Device.Cpu),
            Update = 0,
            Images = 0,
        };
        var term = new OrthogonalPenalty { GeneratorWeight = weight, DiscriminatorWeight = weight };
        if (value(term, facts) is { } penalty)
            Autograd.Backward(penalty);
    }

    private static void ExpectLoss(Fixture fixture, string[] arrays, double actual)
    {
        double expected = arrays.Sum(array => fixture.Tensor(array).Item());
        double room = arrays.Sum(fixture.SuggestedDifference);
        Assert.True(Math.Abs(expected - actual) <= room, $"{arrays[0]}: {actual:g6}, expected {expected:g6} within {room:e1}");
    }

    private static void ExpectGradients(Fixture fixture, string network, PeerNames names, Module module)
    {
        // An update that turned on rounding noise lies before most of them: what they change by when the peer itself computes
        // in double precision is added. That is 1e-3 in BigGAN-deep's generator and next to nothing elsewhere.
        string prefix = $"step_{network}_grad__";
        double noise = fixture.NamesAfter(prefix).Select(theirs => prefix + theirs).Where(array => !fixture.IsRoundingOnly(array)).Max(fixture.RelativeChange);

        names.ExpectGradients(fixture, prefix, module, Tolerance.Gradient + noise);
        Checksum.Require(
            fixture, $"step_{network}_grad_checksum", $"{network}_parameters",
            theirs => names.InTheirOrder(module, theirs, PeerNames.Gradient), Tolerance.Gradient + noise);
    }

    private static void ExpectParameters(Fixture fixture, string network, string kind, PeerNames names, Module module, int steps)
    {
        string[] order = fixture.Texts($"{network}_parameters");
        HashSet<int> rounding = fixture.RoundingRows($"step_{network}_grad_checksum");
        double rate = fixture.StepNumber($"{network}_optim", "lr");
        string[] parameters = [.. fixture.NamesAfter($"step_{network}_{kind}__")];
        Assert.NotEmpty(parameters);
        foreach (string theirs in parameters)
        {
            string array = $"step_{network}_{kind}__{theirs}";
            double[] expected = Closeness.Values(fixture.Tensor(array));
            double[] actual = Closeness.Values(names.InTheirTerms(module, theirs));
            double[] differences = [.. expected.Zip(actual, (a, b) => Math.Abs(a - b)).Order()];

            Assert.Equal(expected.Length, actual.Length);
            Assert.True(differences[^1] <= 2 * rate * steps, $"{array}: an element is {differences[^1]:e2} off");
            if (rounding.Contains(Array.IndexOf(order, theirs)))
                continue;

            double nearlyAll = differences[(int)Math.Ceiling(0.99 * differences.Length) - 1];
            double room = 10 * fixture.DoublePrecisionChange(array) + 1e-6;
            Assert.True(nearlyAll <= room, $"{array}: 99% of the elements are within {nearlyAll:e2}, not {room:e2}");
        }
    }
}
