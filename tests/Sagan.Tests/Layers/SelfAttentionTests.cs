using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

public class SelfAttentionTests
{
    [Theory]
    [InlineData(AttentionForm.AuthorsCode)]
    [InlineData(AttentionForm.Paper)]
    [InlineData(AttentionForm.FirstVersion)]
    public void Output_equals_input_while_gamma_is_zero(AttentionForm form)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new SelfAttention(16, new XavierInitializer(), SpectralNorm.Default, form);
        layer.Initialize(random);
        Tensor x = Tensor.Normal([2, 16, 6, 4], random);

        float[] fresh = layer.Forward(x).ToArray<float>();
        layer.NamedParameters().Single(entry => entry.Name == "gamma").Value.Value.Detach().Fill(0.5);
        float[] later = layer.Forward(x).ToArray<float>();

        Assert.Equal(x.ToArray<float>(), fresh);
        Assert.NotEqual(fresh, later);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(256)]
    public void The_authors_form_has_one_and_a_quarter_times_the_channels_squared_parameters_and_one(int channels)
    {
        using var layer = new SelfAttention(channels, Initializer.Zeros);

        Assert.Equal((5 * channels * channels / 4) + 1, layer.ParameterCount);
    }

    [Theory]
    [InlineData(AttentionForm.AuthorsCode, 2 * 3)]
    [InlineData(AttentionForm.Paper, 4 * 6)]
    [InlineData(AttentionForm.FirstVersion, 4 * 6)]
    public void Every_position_spreads_a_weight_of_one_over_the_keys(AttentionForm form, int keys)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new SelfAttention(8, new XavierInitializer(), form: form);
        layer.Initialize(random);

        Tensor map = layer.Map(Tensor.Normal([2, 8, 4, 6], random));

        Assert.Equal([2, 24, keys], map.Shape.ToArray());
        Closeness.Require("sums of rows", Tensor.Full([2, 24], 1), map.Sum(2), 1e-6);
    }

    [Fact]
    public void The_paper_s_form_has_values_of_an_eighth_and_the_first_version_no_output()
    {
        using var paper = new SelfAttention(16, Initializer.Zeros, form: AttentionForm.Paper);
        using var first = new SelfAttention(16, Initializer.Zeros, form: AttentionForm.FirstVersion, bias: true);

        Assert.Equal((4 * 2 * 16) + 1, paper.ParameterCount);
        Assert.Equal((2 * ((2 * 16) + 2)) + (16 * 16) + 16 + 1, first.ParameterCount);
    }

    [Fact]
    public void Fewer_than_eight_channels_are_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SelfAttention(7, Initializer.Zeros));

        Assert.Contains("at least 8 channels", error.Message);
    }
}
