using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Models;

public sealed class GrowingGanTests
{
    private static readonly GrowingGanConfig s_config = new()
    {
        LatentSize = 8, Stages = [8, 16, 32], FadeImages = 100, GeneratorWidth = 1, DiscriminatorWidth = 1, Attention = [8], ClassTableDeviation = 0.3,
    };

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_stage_has_all_of_the_former_one_by_name_and_shape(int resolution)
    {
        using GanModel former = Build(resolution, seed: 1);
        using GanModel grown = Build(2 * resolution, seed: 2);

        Assert.Empty(Layout(former.Generator).Where(line => !line.StartsWith("fade", StringComparison.Ordinal) && !line.StartsWith($"head{resolution / 2}.", StringComparison.Ordinal)).Except(Layout(grown.Generator)));
        Assert.Empty(Layout(former.Discriminator).Where(line => !line.StartsWith("fade", StringComparison.Ordinal) && !line.StartsWith($"input{resolution / 2}.", StringComparison.Ordinal)).Except(Layout(grown.Discriminator)));
    }

    // The first stage has attention in its generator only, at whose 8x8 map the discriminator of 8x8 pictures does not come by.
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void At_the_beginning_of_a_stage_the_former_picture_is_drawn_every_pixel_four_times(int resolution)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel former = Build(resolution, seed: 1), grown = Build(2 * resolution, seed: 2);
        former.Follow(100);
        CarryOver(former, grown);
        using var random = new RandomSource(3);
        Tensor z = Tensor.Normal([3, 8], random), labels = Tensor.From([0L, 4L, 2L], 3);
        using ModeScope evaluation = former.Generator.Eval(), too = grown.Generator.Eval();

        Tensor expected = Pooling.UpsampleNearest2x(former.Generator.Forward(z, labels));
        Assert.Equal(expected.ToArray<float>(), grown.Generator.Forward(z, labels).ToArray<float>());

        grown.Follow(50);
        Assert.True((grown.Generator.Forward(z, labels) - expected).Abs().Max().Item() > 1e-3);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void At_the_beginning_of_a_stage_pictures_are_judged_as_their_halves_were(int resolution)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel former = Build(resolution, seed: 1), grown = Build(2 * resolution, seed: 2);
        former.Follow(100);
        CarryOver(former, grown);
        using var random = new RandomSource(3);
        Tensor pictures = Tensor.Normal([3, 3, 2 * resolution, 2 * resolution], random), labels = Tensor.From([0L, 4L, 2L], 3);
        using ModeScope evaluation = former.Discriminator.Eval(), too = grown.Discriminator.Eval();

        Tensor expected = former.Discriminator.Forward(Pooling.AveragePool2x2(pictures), labels);
        Assert.True((grown.Discriminator.Forward(pictures, labels) - expected).Abs().Max().Item() < 1e-5);

        grown.Follow(50);
        Assert.True((grown.Discriminator.Forward(pictures, labels) - expected).Abs().Max().Item() > 1e-3);
    }

    [Fact]
    public void Once_a_stage_has_faded_in_its_former_parts_are_of_no_account()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel grown = Build(16, seed: 2);
        grown.Follow(100);
        using var random = new RandomSource(3);
        Tensor z = Tensor.Normal([2, 8], random), labels = Tensor.From([0L, 4L], 2);
        using ModeScope evaluation = grown.Generator.Eval(), too = grown.Discriminator.Eval();
        Tensor pictures = grown.Generator.Forward(z, labels), logits = grown.Discriminator.Forward(pictures, labels);

        foreach ((string name, Parameter value) in grown.Generator.State().Concat(grown.Discriminator.State()))
        {
            if (name.StartsWith("head8.", StringComparison.Ordinal) || name.StartsWith("input8.", StringComparison.Ordinal))
                value.Value.Fill(0.25);
        }

        Assert.Equal(pictures.ToArray<float>(), grown.Generator.Forward(z, labels).ToArray<float>());
        Assert.Equal(logits.ToArray<float>(), grown.Discriminator.Forward(pictures, labels).ToArray<float>());
    }

    [Fact]
    public void The_share_of_new_parts_grows_evenly_with_the_clock()
    {
        using Scope scope = Scope.Open();
        using var fade = new Fade(200);
        Tensor former = Tensor.From([8f], 1), grown = Tensor.From([16f], 1);

        float[] values = [.. new long[] { 0, 50, 100, 200, 1000 }.Select(images =>
        {
            fade.Follow(images);
            return fade.Mix(former, grown).ToArray<float>()[0];
        })];

        Assert.Equal([8f, 10, 12, 16, 16], values);
    }

    [Fact]
    public void Gradients_of_both_networks_in_the_middle_of_a_fade_are_those_of_finite_differences()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using GanModel gan = new GrowingGanConfig { LatentSize = 2, Stages = [8, 16], FadeImages = 4, GeneratorWidth = 1, DiscriminatorWidth = 1, Attention = [] }
            .Build(new ImageSpec(1, 16, 2), random);
        GradientCheck.Prepare(gan.Generator, random);
        GradientCheck.Prepare(gan.Discriminator, random);
        gan.Follow(1);
        Tensor z = GradientCheck.Leaf(random, 2, 2), pictures = GradientCheck.Leaf(random, 2, 1, 16, 16), labels = Tensor.From([1L, 0L], 2);
        using ModeScope evaluation = gan.Generator.Eval(), too = gan.Discriminator.Eval();

        GradientCheck.Require(() => gan.Generator.Forward(z, labels), [("z", z), .. Some(gan.Generator, "head16.conv.bias", "head8.conv.weight", "block16.norm1.gain")]);
        GradientCheck.Require(() => gan.Discriminator.Forward(pictures, labels), [("pictures", pictures), .. Some(gan.Discriminator, "input16.conv1.bias", "input8.conv1.weight", "head.linear.weight")]);
    }

    [Theory]
    [InlineData("stages", "model.stages")]
    [InlineData("other stage", "dataset.resolution")]
    [InlineData("attention", "model.attention")]
    [InlineData("narrow", "model.attention")]
    [InlineData("concat", "model.discriminatorCondition")]
    public void What_cannot_grow_is_refused_by_setting(string what, string setting)
    {
        GrowingGanConfig config = what switch
        {
            "stages" => s_config with { Stages = [8, 32] },
            "other stage" => s_config with { Stages = [32, 64] },
            "attention" => s_config with { Attention = [32] },
            "narrow" => s_config with { Attention = [64], Stages = [16, 32, 64, 128] },
            _ => s_config with { DiscriminatorCondition = DiscriminatorCondition.InputConcat },
        };

        var error = Assert.Throws<ConfigException>(() => config.BuildDiscriminator(new ImageSpec(3, 16, 5)));

        Assert.Equal(setting, error.SettingPath);
    }

    private static GanModel Build(int resolution, ulong seed)
    {
        using var random = new RandomSource(seed);
        GanModel gan = s_config.Build(new ImageSpec(3, resolution, 5), random);
        foreach ((string name, Parameter value) in gan.Generator.State().Concat(gan.Discriminator.State()))
        {
            using Scope scope = Scope.Open();
            using GradMode noGrad = Autograd.NoGrad();
            if (name.EndsWith("gamma", StringComparison.Ordinal))
                value.Value.Fill(0.5);
        }

        return gan;
    }

    private static void CarryOver(GanModel former, GanModel grown)
    {
        foreach ((Module from, Module to) in new (Module, Module)[] { (former.Generator, grown.Generator), (former.Discriminator, grown.Discriminator) })
        {
            Dictionary<string, Parameter> values = from.State().ToDictionary(entry => entry.Name, entry => entry.Value);
            foreach ((string name, Parameter value) in to.State().Where(entry => values.ContainsKey(entry.Name)))
                value.Value.CopyFrom(values[name].Value);
        }
    }

    private static (string, Tensor)[] Some(Module network, params string[] names) =>
        [.. names.Select(name => (name, network.State().Single(entry => entry.Name == name).Value.Value))];

    private static IEnumerable<string> Layout(Module network) =>
        network.State().Select(entry => $"{entry.Name} [{string.Join(", ", entry.Value.Value.Shape.ToArray())}]");
}
