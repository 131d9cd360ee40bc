using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>Attention part by part, and in tiles, beside the whole map.</summary>
public class LargeAttentionTests
{
    // Small pictures, several of which make a part; one picture of more than a part; and depths that a young libtorch has a kernel for.
    [Theory]
    [InlineData(5, 300, 800, 3)]
    [InlineData(1, 1500, 1100, 3)]
    [InlineData(3, 70, 40, 2)]
    public void Parts_make_what_the_whole_map_makes(int count, int queries, int keys, int channels)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor query = GradientCheck.Leaf(random, count, queries, 2), key = GradientCheck.Leaf(random, count, keys, 2), value = GradientCheck.Leaf(random, count, keys, channels);

        Tensor whole = query.MatMul(key.Transpose(1, 2)).Softmax(-1).MatMul(value), parts = Fused.Attention(query, key, value);

        Closeness.Require("output", whole, parts, 1e-13);
        Tensor weights = Tensor.Normal(whole.Shape, random).To(DType.Float64);
        Tensor[] expected = Autograd.Gradients((whole * weights).Sum(), [query, key, value]);
        Tensor[] gradients = Autograd.Gradients((parts * weights).Sum(), [query, key, value]);
        foreach (((Tensor one, Tensor other), string name) in expected.Zip(gradients).Zip(["query", "key", "value"]))
            Closeness.Require($"gradient of {name}", one, other, 1e-12);
    }

    // In single precision on a processor by products of our own: tiles that are not full, depths and values that fill no vector, several panels.
    [Theory]
    [InlineData(3, 100, 48, 19, 80)]
    [InlineData(2, 50, 16, 33, 48)]
    [InlineData(5, 256, 64, 4, 16)]
    [InlineData(1, 1, 16, 1, 16)]
    [InlineData(3, 100, 48, 2, 8)]
    [InlineData(2, 50, 16, 5, 40)]
    public void Tiles_make_what_the_whole_map_makes_in_double_precision(int count, int queries, int keys, int depth, int channels)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(6);
        Tensor[] exact = [GradientCheck.Leaf(random, count, queries, depth), GradientCheck.Leaf(random, count, keys, depth), GradientCheck.Leaf(random, count, keys, channels)];
        Tensor[] single = [.. exact.Select(Single)];
        Tensor whole = exact[0].MatMul(exact[1].Transpose(1, 2)).Softmax(-1).MatMul(exact[2]);
        Tensor weights = Tensor.Normal(whole.Shape, random).To(DType.Float64);
        Tensor[] expected = Autograd.Gradients((whole * weights).Sum(), exact);

        Tensor[] many = Run(), one = OneThread.Compute(Run);

        Closeness.Require("output", whole, many[0].To(DType.Float64), 1e-5);
        foreach (((Tensor gradient, Tensor made), string name) in expected.Zip(many[1..]).Zip(["query", "key", "value"]))
            Closeness.Require($"gradient of {name}", gradient, made.To(DType.Float64), 1e-5);
        Assert.Equal(one.Select(tensor => tensor.ToArray<float>()), many.Select(tensor => tensor.ToArray<float>()));

        Tensor[] Run()
        {
            Tensor attended = Fused.Attention(single[0], single[1], single[2]);
            return [attended.Detach(), .. Autograd.Gradients((attended * weights.To(DType.Float32)).Sum(), single)];
        }

        static Tensor Single(Tensor leaf)
        {
            Tensor tensor = leaf.Detach().To(DType.Float32);
            tensor.RequiresGrad = true;
            return tensor;
        }
    }

    [Fact]
    public void A_layer_in_single_precision_equals_the_one_that_somebody_watches()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        using var layer = new SelfAttention(32, new XavierInitializer(), SpectralNorm.Default);
        layer.Initialize(random);
        using (Autograd.NoGrad())
            layer.NamedParameters().First(entry => entry.Name == "gamma").Value.Value.Fill(1);
        using ModeScope evaluation = layer.Eval();
        Tensor x = Tensor.Normal([3, 32, 16, 16], random);
        x.RequiresGrad = true;

        Tensor tiles = layer.Forward(x);
        layer.Watcher = (_, _) => { };
        Tensor whole = layer.Forward(x);

        Closeness.Require("output", whole, tiles, 1e-5);
        Closeness.Require("gradient", Autograd.Gradients(whole.Square().Sum(), [x])[0], Autograd.Gradients(tiles.Square().Sum(), [x])[0], 1e-5);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void Gradients_of_gradients_are_those_of_the_whole_map(int channels)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor query = GradientCheck.Leaf(random, 2, 5, 2), key = GradientCheck.Leaf(random, 2, 4, 2), value = GradientCheck.Leaf(random, 2, 4, channels);
        Tensor Slope(Tensor attended) => Autograd.Gradients(attended.Square().Sum(), [query], createGraph: true)[0].Square().Sum();

        Tensor[] expected = Autograd.Gradients(Slope(query.MatMul(key.Transpose(1, 2)).Softmax(-1).MatMul(value)), [query, key, value]);
        Tensor[] gradients = Autograd.Gradients(Slope(Fused.Attention(query, key, value)), [query, key, value]);

        for (int i = 0; i < expected.Length; i++)
            Closeness.Require($"gradient {i}", expected[i], gradients[i], 1e-12);
    }

    [Theory]
    [InlineData(AttentionForm.AuthorsCode)]
    [InlineData(AttentionForm.Paper)]
    [InlineData(AttentionForm.FirstVersion)]
    public void A_layer_of_large_maps_equals_the_one_that_somebody_watches(AttentionForm form)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        using SelfAttention layer = GradientCheck.Prepare(new SelfAttention(8, new XavierInitializer(), SpectralNorm.Default, form), random);
        using ModeScope evaluation = layer.Eval();
        Tensor x = GradientCheck.Leaf(random, 5, 8, 64, 48);

        Tensor parts = layer.Forward(x);
        layer.Watcher = (_, _) => { };
        Tensor whole = layer.Forward(x);

        Closeness.Require("output", whole, parts, 1e-13);
    }
}
