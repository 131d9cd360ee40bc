using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>The Inception network of 2015-12-05, which FID, KID and the Inception Score of the literature are computed with.</summary>
/// <remarks>
/// Not torchvision's Inception v3 (Szegedy et al. 2016, arXiv:1512.00567): averages in the blocks leave the padding out, the last
/// block pools by maxima, there are 1008 outputs and other weights. As in pytorch-fid and torch-fidelity, which ported the graph.
/// Made for evaluation only: batch norm is folded into the convolutions.
/// </remarks>
public sealed class InceptionNetwork : Layer
{
    private readonly StemStage _toFirstPool, _toSecondPool;
    private readonly List<Layer> _toMixed6e = [], _toMixed7c = [];
    private readonly Parameter _linear;

    /// <summary>Builds the network from weights, which it copies.</summary>
    public InceptionNetwork(InceptionWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Rename("inception");
        _toFirstPool = Child("stem1", new StemStage(
            ("conv1a", new FoldedConvolution(weights, "Conv2d_1a_3x3", stride: 2, padded: false)),
            ("conv2a", new FoldedConvolution(weights, "Conv2d_2a_3x3", padded: false)),
            ("conv2b", new FoldedConvolution(weights, "Conv2d_2b_3x3"))));
        _toSecondPool = Child("stem2", new StemStage(
            ("conv3b", new FoldedConvolution(weights, "Conv2d_3b_1x1")),
            ("conv4a", new FoldedConvolution(weights, "Conv2d_4a_3x3", padded: false))));

        foreach (string name in new[] { "Mixed_5b", "Mixed_5c", "Mixed_5d" })
            _toMixed6e.Add(Child(name, MixedBlock.A(weights, name)));
        _toMixed6e.Add(Child("Mixed_6a", HalvingBlock.B(weights, "Mixed_6a")));
        foreach (string name in new[] { "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e" })
            _toMixed6e.Add(Child(name, MixedBlock.C(weights, name)));

        _toMixed7c.Add(Child("Mixed_7a", HalvingBlock.D(weights, "Mixed_7a")));
        _toMixed7c.Add(Child("Mixed_7b", MixedBlock.E(weights, "Mixed_7b", poolsByMaxima: false)));
        _toMixed7c.Add(Child("Mixed_7c", MixedBlock.E(weights, "Mixed_7c", poolsByMaxima: true)));

        _linear = Buffer("linear", [InceptionPlan.LogitCount, InceptionPlan.FeatureCount], Initializer.Zeros);
        using Scope scope = Scope.Open();
        _linear.Value.CopyFrom(weights.Tensor(InceptionPlan.LinearWeight));
    }

    /// <summary>Features of a place in the network.</summary>
    /// <param name="pictures">[N, 3, 299, 299], as <see cref="ResizeMode.Apply"/> makes them.</param>
    /// <param name="tap">Which place.</param>
    /// <returns>[N, (int)tap].</returns>
    public Tensor Features(Tensor pictures, InceptionTap tap = InceptionTap.Pool3)
    {
        using Scope scope = Scope.Open();
        RequireChannels(pictures, 4, 3);
        return scope.Keep(Maps(pictures, tap).Mean(2, 3));
    }

    /// <summary>Scores of the classes, without the bias: as most tools compute the Inception Score.</summary>
    /// <param name="features">[N, 2048].</param>
    /// <returns>[N, 1008].</returns>
    public Tensor Logits(Tensor features) => Projection.Linear(features, _linear.Value, null);

    /// <summary>[N, 3, 299, 299] → [N, 2048].</summary>
    protected override Tensor Run(Tensor x) => Features(x);

    private Tensor Maps(Tensor x, InceptionTap tap)
    {
        x = _toFirstPool.Forward(x.Contiguous(MemoryFormat.ChannelsLast));   // [N, 64, 73, 73]
        if (tap == InceptionTap.FirstPool)
            return x;

        x = _toSecondPool.Forward(x);                                        // [N, 192, 35, 35]
        if (tap == InceptionTap.SecondPool)
            return x;

        foreach (Layer block in _toMixed6e)
            x = block.Forward(x);                                            // [N, 768, 17, 17] in the end
        if (tap == InceptionTap.Mixed6e)
            return x;

        foreach (Layer block in _toMixed7c)
            x = block.Forward(x);                                            // [N, 2048, 8, 8] in the end
        return x;
    }
}
