using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

public sealed class NetworkSummaryTests
{
    private static readonly ImageSpec s_images = new(3, 32, 10);
    private static readonly SelfAttentionGanConfig s_model = new() { LatentSize = 6, GeneratorWidth = 8, DiscriminatorWidth = 8, GeneratorAttention = [16] };

    [Fact]
    public void A_small_generator_costs_what_its_drawing_says()
    {
        using Generator generator = s_model.BuildGenerator(s_images);

        var summary = NetworkSummary.Of(generator);

        // All maps have 8 channels; shortcuts are computed before upsampling.
        long linear = 2 * 6 * (8 * 4 * 4);
        long Block(long side) => (2 * 2 * (9 * 8 * 8) * side * side) + (2 * (8 * 8) * (side / 2) * (side / 2));
        long attention = (2 * 256 * ((8 * 1) + (8 * 1) + (8 * 4) + (4 * 8))) + (2 * 256 * 64 * 1) + (2 * 256 * 64 * 4);
        long last = 2 * (9 * 8 * 3) * 32 * 32;
        Assert.Equal(linear + Block(8) + Block(16) + attention + Block(32) + last, summary.Flops);
        Assert.Equal(summary.Flops, summary.Layers.Sum(layer => layer.Flops));
    }

    public static TheoryData<string> Kinds => [.. SmallConfigs.All.Select(model => model.GetType().Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_add_up_to_the_networks_parameters(string kind)
    {
        ModelConfig model = SmallConfigs.All.Single(one => one.GetType().Name == kind);
        using Generator generator = model.BuildGenerator(s_images);
        using Discriminator discriminator = model.BuildDiscriminator(s_images);

        NetworkSummary g = NetworkSummary.Of(generator), d = NetworkSummary.Of(discriminator, generator);

        Assert.Equal(generator.ParameterCount, g.Layers.Sum(layer => layer.Parameters));
        Assert.Equal(discriminator.ParameterCount, d.Layers.Sum(layer => layer.Parameters));
        Assert.Equal((generator.ParameterCount, discriminator.ParameterCount), (g.Parameters, d.Parameters));
    }

    [Fact]
    public void Rows_tell_place_kind_shape_and_attention()
    {
        using Generator generator = s_model.BuildGenerator(s_images);
        using Discriminator discriminator = s_model.BuildDiscriminator(s_images);

        var summary = NetworkSummary.Of(discriminator, generator);

        LayerSummary conv = Assert.Single(summary.Layers, layer => layer.Path == "block1.conv2");
        Assert.Equal(("Conv2d", false), (conv.Kind, conv.IsAttention));
        Assert.Equal([8L, 16, 16], conv.Output);
        Assert.All(summary.Layers, layer => Assert.Equal(layer.Path.StartsWith("attention16", StringComparison.Ordinal), layer.IsAttention));
        Assert.Contains(summary.Layers, layer => layer.IsAttention);
    }

    [Fact]
    public void Looking_leaves_the_network_as_it_was()
    {
        using Scope scope = Scope.Open();
        using Generator generator = s_model.BuildGenerator(s_images);
        float[][] before = [.. generator.State().Select(entry => entry.Value.Value.Detach().ToArray<float>())];

        NetworkSummary.Of(generator);

        Assert.True(generator.IsTraining);
        Assert.Equal(before, generator.State().Select(entry => entry.Value.Value.Detach().ToArray<float>()));
    }
}
