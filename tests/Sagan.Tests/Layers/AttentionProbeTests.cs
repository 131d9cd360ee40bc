using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

public sealed class AttentionProbeTests
{
    [Theory]
    [InlineData(AttentionForm.AuthorsCode, 2, 3)]
    [InlineData(AttentionForm.Paper, 4, 6)]
    public void A_watched_pass_gives_the_same_output_and_its_maps(AttentionForm form, int keyHeight, int keyWidth)
    {
        using Scope scope = Scope.Open();
        using SelfAttention layer = Layer(form);
        Tensor x = Input();
        float[] unwatched = layer.Forward(x).ToArray<float>(), expected = layer.Map(x).ToArray<float>();

        using var probe = new AttentionProbe(layer);
        float[] watched = layer.Forward(x).ToArray<float>();

        Assert.Equal(unwatched, watched);
        IReadOnlyList<AttentionMap> maps = Assert.Single(probe.Maps);
        Assert.Equal(expected, maps.SelectMany(map => map.Weights));
        Assert.All(maps, map => Assert.Equal((4, 6, keyHeight, keyWidth), (map.Height, map.Width, map.KeyHeight, map.KeyWidth)));
        for (int query = 0; query < maps[1].Queries; query++)
            Assert.Equal(1, maps[1].Of(query).ToArray().Sum(weight => (double)weight), 5);
    }

    [Fact]
    public void Only_the_first_pictures_are_kept_where_that_is_asked_for()
    {
        using Scope scope = Scope.Open();
        using SelfAttention layer = Layer(AttentionForm.AuthorsCode);
        Tensor x = Input();

        using var probe = new AttentionProbe(layer, batch: 1);
        layer.Forward(x);

        Assert.Equal(layer.Map(x).ToArray<float>()[..(24 * 6)], Assert.Single(probe.Maps[0]).Weights);
    }

    [Fact]
    public void Nobody_watches_after_the_end_and_never_two()
    {
        using Scope scope = Scope.Open();
        using SelfAttention layer = Layer(AttentionForm.Paper);

        var probe = new AttentionProbe(layer);
        Assert.Throws<InvalidOperationException>(() => new AttentionProbe(layer));
        probe.Dispose();
        layer.Forward(Input());

        Assert.Empty(probe.Maps);
        new AttentionProbe(layer).Dispose();
    }

    private static SelfAttention Layer(AttentionForm form)
    {
        using var random = new RandomSource(3);
        var layer = new SelfAttention(8, new XavierInitializer(), SpectralNorm.Default, form);
        layer.Initialize(random);
        using GradMode noGrad = Autograd.NoGrad();
        layer.NamedParameters().Single(entry => entry.Name == "gamma").Value.Value.Fill(0.5);
        layer.SetTraining(false);
        return layer;
    }

    private static Tensor Input()
    {
        using var random = new RandomSource(4);
        return Tensor.Normal([2, 8, 4, 6], random);
    }
}
