using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

public class SpectralNormTests
{
    private static readonly Operator s_singularValues = Operator.Find("aten::linalg_svdvals", 1);

    // Gaussian weights of these shapes have a gap behind their largest singular value; 50 passes close it.
    public static TheoryData<string> Layers { get; } = ["conv", "linear", "embedding"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Estimate_equals_the_largest_singular_value_within_1e_4_after_50_training_passes(string kind)
    {
        using Scope scope = Scope.Open();
        using Layer layer = Build(kind, SpectralNorm.Default);
        Tensor x = Input(kind);

        for (int pass = 0; pass < 50; pass++)
            layer.Forward(x);

        double largest = s_singularValues.Call(State(layer, "weight").Detach().Flatten(1)).Tensor.Max().Item();
        Assert.Equal(1, Sigma(layer) / largest, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Stored_vectors_advance_in_training_and_rest_in_evaluation(string kind)
    {
        using Scope scope = Scope.Open();
        using Layer layer = Build(kind, SpectralNorm.Default);
        Tensor x = Input(kind);
        float[] before = State(layer, "u").ToArray<float>();

        using (layer.Eval())
            layer.Forward(x);
        float[] afterEvaluation = State(layer, "u").ToArray<float>();
        layer.Forward(x);
        float[] afterTraining = State(layer, "u").ToArray<float>();

        Assert.Equal(before, afterEvaluation);
        Assert.NotEqual(before, afterTraining);
    }

    [Fact]
    public void A_refreshing_norm_iterates_in_evaluation_and_forgets_it()
    {
        using Scope scope = Scope.Open();
        using Layer layer = Build("linear", new SpectralNorm { RefreshInEvaluation = true });
        Tensor x = Input("linear");
        float[] u = State(layer, "u").ToArray<float>();

        Tensor evaluated;
        using (layer.Eval())
            evaluated = layer.Forward(x);
        float[] after = State(layer, "u").ToArray<float>();
        Tensor trained = layer.Forward(x);

        Assert.Equal(u, after);
        Assert.Equal(trained.ToArray<float>(), evaluated.ToArray<float>());
    }

    [Fact]
    public void A_new_layer_s_vectors_fit_its_weight_before_any_training_pass()
    {
        using Scope scope = Scope.Open();
        using Layer layer = Build("linear", SpectralNorm.Default);
        Tensor matrix = State(layer, "weight").Detach();
        Tensor u = State(layer, "u"), v = State(layer, "v");

        Tensor image = matrix.TimesVector(v);

        Assert.Equal(1, v.Norm().Item(), 1e-6);
        Closeness.Require("u", u, image / image.Norm(), 1e-5);
    }

    [Fact]
    public void A_weight_of_zeros_leaves_finite_vectors()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new Linear(4, 3, Initializer.Zeros, new SpectralNorm { Epsilon = 1e-4 });
        layer.Initialize(random);

        Assert.All(State(layer, "u").ToArray<float>(), value => Assert.Equal(0, value));
    }

    private static Layer Build(string kind, SpectralNorm norm)
    {
        using var random = new RandomSource(3);
        var normal = new NormalInitializer(1);
        Layer layer = kind switch
        {
            "conv" => new Conv2d(4, 6, 3, normal, norm),
            "linear" => new Linear(9, 5, normal, norm),
            _ => new Embedding(12, 5, normal, norm),
        };
        layer.Initialize(random);
        return layer;
    }

    private static Tensor Input(string kind) => kind switch
    {
        "conv" => Tensor.Full([1, 4, 5, 5], 0.5),
        "linear" => Tensor.Full([2, 9], 0.5),
        _ => Tensor.From([1L, 7L], 2),
    };

    private static double Sigma(Layer layer) =>
        State(layer, "u").Dot(State(layer, "weight").Detach().Flatten(1).TimesVector(State(layer, "v"))).Item();

    private static Tensor State(Layer layer, string name) => layer.State().Single(entry => entry.Name == name).Value.Value;
}
