using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class SingularValuesTests
{
    private static readonly Operator s_singularValues = Operator.Find("aten::linalg_svdvals", 1);

    [Fact]
    public void Every_normalised_weight_of_both_networks_is_read_by_its_layers_name()
    {
        using GanModel gan = Build(SmallRun.Plain.Model);

        (IReadOnlyList<LayerSigma> generator, IReadOnlyList<LayerSigma> discriminator) = new SingularValues(gan).Read();

        Assert.Equal(LayersWithVectors(gan.Generator), generator.Select(sigma => sigma.Layer));
        Assert.Equal(LayersWithVectors(gan.Discriminator), discriminator.Select(sigma => sigma.Layer));
        Assert.Contains("block1.conv1", generator.Select(sigma => sigma.Layer));
        Assert.Contains("head.embedding", discriminator.Select(sigma => sigma.Layer));
    }

    [Fact]
    public void Settled_vectors_give_the_largest_singular_value_of_the_raw_weight()
    {
        using Scope scope = Scope.Open();
        using GanModel gan = Build(SmallRun.Plain.Model);
        gan.Discriminator.AdvanceSpectralNorms(300);

        (_, IReadOnlyList<LayerSigma> sigmas) = new SingularValues(gan).Read();

        Dictionary<string, Parameter> state = gan.Discriminator.State().ToDictionary(entry => entry.Name, entry => entry.Value);
        foreach (LayerSigma sigma in sigmas)
        {
            double largest = s_singularValues.Call(state[sigma.Layer + ".weight"].Value.Detach().Flatten(1)).Tensor.Max().Item();
            Assert.Equal(1, sigma.Value / largest, 1e-3);
        }
    }

    [Fact]
    public void Reading_changes_nothing()
    {
        using Scope scope = Scope.Open();
        using GanModel gan = Build(SmallRun.Plain.Model);
        var values = new SingularValues(gan);
        float[][] before = Values(gan);

        (IReadOnlyList<LayerSigma> first, _) = values.Read();
        (IReadOnlyList<LayerSigma> second, _) = values.Read();

        Assert.Equal(before, Values(gan));
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_network_without_spectral_norm_has_none()
    {
        using GanModel gan = Build(new SnganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 });

        (IReadOnlyList<LayerSigma> generator, IReadOnlyList<LayerSigma> discriminator) = new SingularValues(gan).Read();

        Assert.Empty(generator);
        Assert.NotEmpty(discriminator);
    }

    private static GanModel Build(ModelConfig model)
    {
        using var random = new RandomSource(3);
        return model.Build(SmallRun.Images, random);
    }

    private static IEnumerable<string> LayersWithVectors(Module network) =>
        network.NamedBuffers().Where(entry => entry.Name.EndsWith(".u", StringComparison.Ordinal)).Select(entry => entry.Name[..^2]);

    private static float[][] Values(GanModel gan) =>
        [.. gan.Generator.State().Concat(gan.Discriminator.State()).Select(entry => entry.Value.Value.Detach().ToArray<float>())];
}
