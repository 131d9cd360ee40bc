using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Metrics.Features;

/// <summary>
/// Against the tools' own code over the same random weights. 3e-4 is what the fixtures' makers advise: their own single
/// precision is off by 8e-5, and the smallest mistake, another resizing, by 0.4.
/// </summary>
[Collection(RandomInceptionTests.Name)]
public class InceptionNetworkTests(RandomInception random)
{
    private const double Tolerance = 3e-4;

    [SharedFact("fixtures/metrics")]
    public void Features_and_logits_are_those_of_torch_fidelity()
    {
        IReadOnlyDictionary<string, HostArray> expected = NpzFile.Read(RandomInception.Find("inception_expected.npz"));
        using var extractor = new InceptionExtractor(random.Weights);

        foreach (string set in MetricFixture.Sets)
        {
            using Scope scope = Scope.Open();
            PictureFeatures actual = extractor.Extract(MetricFixture.Pictures(set));

            Require(expected["torch_fidelity__2048"], set, actual.Features);
            Require(expected["torch_fidelity__logits_unbiased"], set, actual.Logits!);
            Require(expected["torch_fidelity__logits"], set, actual.Logits! + Tensor.From<float>([.. extractor.LogitBias!], [1008]));
        }
    }

    [SharedTheory("fixtures/metrics")]
    [InlineData("pytorch-fid", "pytorch_fid")]
    [InlineData("clean-fid", "clean_fid")]
    public void Behind_another_resizing_features_are_those_of_that_tool(string resize, string tool)
    {
        using Scope scope = Scope.Open();
        IReadOnlyDictionary<string, HostArray> expected = NpzFile.Read(RandomInception.Find("inception_expected.npz"));
        using var extractor = new InceptionExtractor(random.Weights, ResizeMode.Parse(resize));

        foreach (string set in new[] { "images360x480", "images75x50" })
            Require(expected[$"{tool}__2048"], set, extractor.Extract(MetricFixture.Pictures(set)).Features);
    }

    [SharedTheory("fixtures/metrics")]
    [InlineData(InceptionTap.FirstPool, "64")]
    [InlineData(InceptionTap.SecondPool, "192")]
    [InlineData(InceptionTap.Mixed6e, "768")]
    public void Earlier_features_are_those_of_pytorch_fid(InceptionTap tap, string layer)
    {
        using Scope scope = Scope.Open();
        IReadOnlyDictionary<string, HostArray> expected = NpzFile.Read(RandomInception.Find("inception_expected.npz"));
        using var extractor = new InceptionExtractor(random.Weights, ResizeMode.PytorchFid, tap: tap);

        PictureFeatures actual = extractor.Extract(MetricFixture.Pictures("images75x50"));

        Require(expected[$"pytorch_fid__{layer}"], "images75x50", actual.Features);
        Assert.Null(actual.Logits);
        Assert.EndsWith("-" + layer, extractor.Name);
    }

    [SharedFact("fixtures/metrics")]
    public void The_last_block_pools_by_maxima_and_the_one_before_by_averages()
    {
        using Scope scope = Scope.Open();
        using var source = new RandomSource(1);
        Tensor wide = Tensor.Normal([2, 2048, 8, 8], source).Relu(), narrow = Tensor.Normal([2, 1280, 8, 8], source).Relu();
        using MixedBlock last = MixedBlock.E(random.Weights, "Mixed_7c", poolsByMaxima: true);
        using MixedBlock before = MixedBlock.E(random.Weights, "Mixed_7b", poolsByMaxima: false);

        Closeness.Require("maxima", Unit("Mixed_7c.branch_pool", Pooling.MaxPool3x3(wide, 1, 1)), last.Forward(wide).Narrow(1, 1856, 192), 1e-5);
        Closeness.Require("averages", Unit("Mixed_7b.branch_pool", Pooling.AveragePool3x3Inside(narrow)), before.Forward(narrow).Narrow(1, 1856, 192), 1e-5);
    }

    [SharedFact("fixtures/metrics")]
    public void Averages_leave_the_padding_out()
    {
        using Scope scope = Scope.Open();
        using MixedBlock block = MixedBlock.A(random.Weights, "Mixed_5b");

        Tensor pool = block.Forward(Tensor.Full([1, 192, 5, 5], 0.5)).Narrow(1, 224, 32);

        Tensor centre = pool.Narrow(2, 2, 1).Narrow(3, 2, 1).Expand(1, 32, 5, 5);
        Assert.True(centre.Max().Item() > 0.1);
        Closeness.Require("a constant map", centre, pool, 1e-6);
    }

    /// <summary>A unit as the graph has it: convolution, batch norm, ReLU, nothing folded or exchanged.</summary>
    private Tensor Unit(string name, Tensor x)
    {
        InceptionUnit unit = InceptionPlan.Unit(name);
        InceptionWeights weights = random.Weights;
        Tensor sums = Convolution.Conv2d(x, weights.Tensor(unit.Weight), null);
        return Normalization.BatchNorm(
            sums, weights.Tensor(unit.Gain), weights.Tensor(unit.Bias), weights.Tensor(unit.Mean), weights.Tensor(unit.Variance),
            training: false, momentum: 0, epsilon: 1e-3).Relu();
    }

    private static void Require(HostArray expected, string set, Tensor actual)
    {
        int width = (int)expected.Shape[1];
        (int first, int count) = MetricFixture.Rows(set);
        double distance = MetricFixture.Distance(expected.ToFloat32()[(first * width)..((first + count) * width)], actual.ToArray<float>());
        Assert.True(distance < Tolerance, $"{set}: {distance:e2}");
    }
}
