using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>Class-conditional batch norms against mimicry, StudioGAN and BigGAN-PyTorch.</summary>
public class BatchNormFixtureTests
{
    [SharedFact("fixtures")]
    public void Tables_agree_with_mimicry()
    {
        using var layer = new CategoricalBatchNorm(channels: 6, classes: 8);

        ExpectEverything(Fixture.Open("cbn_mimicry"), new MimicryNames(), layer);
    }

    [SharedFact("fixtures")]
    public void Tables_agree_with_BigGAN_PyTorch_whose_gain_is_one_more()
    {
        Fixture fixture = Fixture.Open("cbn_bigganpt_embedding");
        using var layer = new CategoricalBatchNorm(channels: 6, classes: 8, epsilon: 1e-4);

        ExpectEverything(fixture, new TableNames(), layer, AddOneToGain);
    }

    [SharedFact("fixtures")]
    public void Projections_with_spectral_norm_agree_with_StudioGAN()
    {
        var norm = new SpectralNorm { Epsilon = 1e-6 };
        using var layer = new ProjectedBatchNorm(channels: 6, conditionSize: 9, Initializer.Zeros, norm, epsilon: 1e-4);

        ExpectEverything(Fixture.Open("cbn_studiogan"), new StudioGanNames(), layer);
    }

    [SharedFact("fixtures")]
    public void Projections_with_spectral_norm_agree_with_BigGAN_PyTorch()
    {
        var norm = new SpectralNorm { Epsilon = 1e-6, RefreshInEvaluation = true };
        using var layer = new ProjectedBatchNorm(channels: 6, conditionSize: 9, Initializer.Zeros, norm);

        ExpectEverything(Fixture.Open("cbn_bigganpt_linear"), new BigGanPyTorchNames(), layer);
    }

    [SharedFact("fixtures")]
    public void Outputs_and_gradients_agree_with_BigGAN_PyTorch_s_own_batch_norm()
    {
        Fixture fixture = Fixture.Open("cbn_bigganpt_mybn");
        var names = new BigGanPyTorchNames();
        using Scope scope = Scope.Open();
        using var layer = new ProjectedBatchNorm(channels: 6, conditionSize: 9, Initializer.Zeros);
        names.Load(layer, fixture.Weights());

        using (layer.Eval())
            ExpectPass(fixture, names, layer, "eval");
        ExpectPass(fixture, names, layer, "train");

        // Its running variance is the biased one, so that it and what evaluation makes of it later are not ours.
        fixture.Expect("train_buffer_after1__bn.stored_mean", State(layer, "statistics.mean"), Tolerance.Layer);
        fixture.Expect("train_out_second", layer.Forward(fixture.Tensor("x2"), fixture.Tensor("y")), Tolerance.Layer);
        fixture.Expect("train_buffer_after2__bn.stored_mean", State(layer, "statistics.mean"), Tolerance.Layer);
    }

    [SharedFact("fixtures")]
    public void Standing_statistics_agree_with_BigGAN_PyTorch()
    {
        Fixture fixture = Fixture.Open("cbn_bigganpt_mybn");
        using Scope scope = Scope.Open();
        using var layer = new ProjectedBatchNorm(channels: 6, conditionSize: 9, Initializer.Zeros);
        new BigGanPyTorchNames().Load(layer, fixture.Weights());
        Tensor y = fixture.Tensor("y");
        Tensor[] batches = [fixture.Tensor("x"), fixture.Tensor("x2")];

        StandingStatistics.Accumulate(layer, batches.Length, i => layer.Forward(batches[i], y));

        // The peer stores sums and divides when it uses them.
        fixture.Expect("standing_buffer__bn.accumulation_counter", Tensor.Full([1], batches.Length), 0);
        fixture.Expect("standing_buffer__bn.stored_mean", State(layer, "statistics.mean") * batches.Length, Tolerance.Layer);
        fixture.Expect("standing_buffer__bn.stored_var", State(layer, "statistics.variance") * batches.Length, Tolerance.Layer);
        using (layer.Eval())
            fixture.Expect("standing_eval_out", layer.Forward(batches[0], y), Tolerance.Layer);
    }

    private static void ExpectEverything(Fixture fixture, PeerNames names, ConditionalLayer layer, Action<Module>? afterLoad = null)
    {
        using Scope scope = Scope.Open();
        names.Load(layer, fixture.Weights());
        afterLoad?.Invoke(layer);

        using (layer.Eval())
            ExpectPass(fixture, names, layer, "eval");
        ExpectPass(fixture, names, layer, "train");
        names.ExpectBuffers(fixture, "train_buffer_after1__", layer, Tolerance.Layer);
        fixture.Expect("train_out_second", layer.Forward(fixture.Tensor("x2"), fixture.Tensor("y")), Tolerance.Layer);
        names.ExpectBuffers(fixture, "train_buffer_after2__", layer, Tolerance.Layer);
        using (layer.Eval())
            fixture.Expect("eval_out_after", layer.Forward(fixture.Tensor("x"), fixture.Tensor("y")), Tolerance.Layer);
    }

    private static void ExpectPass(Fixture fixture, PeerNames names, ConditionalLayer layer, string mode)
    {
        Tensor x = fixture.Tensor("x"), y = fixture.Tensor("y");
        x.RequiresGrad = true;
        y.RequiresGrad = y.DType.IsFloat();
        foreach ((_, Parameter parameter) in layer.NamedParameters())
            parameter.Value.ClearGradient();

        Tensor output = layer.Forward(x, y);
        Autograd.Backward((output * fixture.Tensor("grad_out")).Sum());

        fixture.Expect($"{mode}_out", output, Tolerance.Layer);
        fixture.Expect($"{mode}_grad_x", x.Gradient!, Tolerance.Gradient);
        if (y.RequiresGrad)
            fixture.Expect($"{mode}_grad_y", y.Gradient!, Tolerance.Gradient);
        names.ExpectGradients(fixture, $"{mode}_grad__", layer, Tolerance.Gradient);
    }

    private static Tensor State(Module module, string name) => module.State().Single(entry => entry.Name == name).Value.Value;

    private static void AddOneToGain(Module layer)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor gain = State(layer, "gain");
        gain.CopyFrom(gain + 1);
    }

    /// <summary>BigGAN-PyTorch's tables are embedding layers; ours are values of the norm itself.</summary>
    private sealed class TableNames : PeerNames
    {
        internal override string[] Ours(string theirs) => theirs switch
        {
            "gain.weight" or "bias.weight" => [theirs[..4]],
            "stored_mean" => ["statistics.mean"],
            "stored_var" => ["statistics.variance"],
            _ => throw new ArgumentException($"'{theirs}' was not expected.", nameof(theirs)),
        };
    }
}
