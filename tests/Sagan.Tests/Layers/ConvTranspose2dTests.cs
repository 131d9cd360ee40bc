using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

public class ConvTranspose2dTests
{
    // <conv(y), x> = <y, deconv(x)> for the same kernel: what "transposed" means.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void It_doubles_and_is_the_transpose_of_the_halving_convolution(int kernel)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        var normal = new NormalInitializer(1);
        using ConvTranspose2d doubling = Drawn(new ConvTranspose2d(5, 3, kernel, normal), random);
        using Conv2d halving = Drawn(new Conv2d(3, 5, kernel, normal, bias: false, stride: 2), random);
        Weight(halving).CopyFrom(Weight(doubling));
        Tensor x = Tensor.Normal([2, 5, 3, 4], random), y = Tensor.Normal([2, 3, 6, 8], random);

        Tensor doubled = doubling.Forward(x), halved = halving.Forward(y);

        Assert.Equal([2, 3, 6, 8], doubled.Shape.ToArray());
        Assert.Equal([2, 5, 3, 4], halved.Shape.ToArray());
        double expected = (halved * x).Sum().Item();
        Assert.Equal(expected, (y * doubled).Sum().Item(), Math.Abs(expected) * 1e-4);
    }

    // A linear map of each position's channels to all values of the map.
    [Fact]
    public void A_map_of_a_single_position_is_a_linear_map_of_it()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(2);
        using ConvTranspose2d layer = Drawn(new ConvTranspose2d(5, 3, 4, new NormalInitializer(1), doubles: false), random);
        Tensor x = Tensor.Normal([2, 5], random);

        Tensor map = layer.Forward(x.Reshape(2, 5, 1, 1));

        Assert.Equal([2, 3, 4, 4], map.Shape.ToArray());
        Assert.Equal(0, (map.Flatten(1) - x.MatMul(Weight(layer).Flatten(1))).Abs().Max().Item(), 1e-5);
    }

    [Theory]
    [InlineData(DeconvolutionRows.Outputs, 6, 4)]
    [InlineData(DeconvolutionRows.Inputs, 4, 6)]
    public void Its_spectral_norm_is_that_of_the_matrix_with_the_rows_it_is_told(DeconvolutionRows rows, int height, int others)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using ConvTranspose2d layer = Drawn(new ConvTranspose2d(4, 6, 4, new NormalInitializer(1), SpectralNorm.Default, rows), random);
        layer.AdvanceSpectralNorms(200);

        Dictionary<string, Tensor> state = layer.State().ToDictionary(entry => entry.Name, entry => entry.Value.Value.Detach());
        Tensor matrix = (rows == DeconvolutionRows.Outputs ? state["weight"].Transpose(0, 1) : state["weight"]).Flatten(1);
        double estimate = state["u"].Dot(matrix.TimesVector(state["v"])).Item();
        double largest = Operator.Find("aten::linalg_svdvals", 1).Call(matrix).Tensor.Max().Item();

        Assert.Equal([height], state["u"].Shape.ToArray());
        Assert.Equal([others * 16], state["v"].Shape.ToArray());
        Assert.Equal(1, estimate / largest, 1e-4);
    }

    private static T Drawn<T>(T layer, RandomSource random)
        where T : Layer
    {
        layer.Initialize(random);
        return layer;
    }

    private static Tensor Weight(Layer layer) => layer.NamedParameters().Single(entry => entry.Name == "weight").Value.Value.Detach();
}
