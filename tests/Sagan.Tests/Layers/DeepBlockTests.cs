using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

/// <summary>BigGAN-deep's blocks: what their shortcuts do is seen where the last convolution gives nothing.</summary>
public class DeepBlockTests
{
    private static readonly BlockInitializers s_start = BlockInitializers.All(new OrthogonalInitializer());

    [Fact]
    public void The_generator_s_shortcut_drops_the_channels_behind_and_repeats_pixels()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DeepUpBlock block = Silence(new DeepUpBlock(8, 5, upsamples: true, channels => new BatchNorm(channels), s_start, null), random);
        Tensor x = Tensor.Normal([2, 8, 3, 3], random);

        Tensor y = block.Forward(x, null);

        Assert.Equal([2, 5, 6, 6], y.Shape.ToArray());
        for (int corner = 0; corner < 4; corner++)
        {
            double[] seen = [.. Enumerable.Range(0, 5).Select(channel => Element(y, channel, 2 + corner / 2, 4 + corner % 2))];
            Assert.Equal([.. Enumerable.Range(0, 5).Select(channel => Element(x, channel, 1, 2))], seen);
        }
    }

    [Fact]
    public void The_discriminator_s_shortcut_keeps_its_channels_and_appends_others()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DeepDownBlock block = Silence(new DeepDownBlock(4, 8, downsamples: true, s_start, null), random);
        Tensor x = Tensor.Normal([2, 4, 6, 6], random);

        Tensor y = block.Forward(x);

        Assert.Equal([2, 8, 3, 3], y.Shape.ToArray());
        double mean = (Element(x, 3, 2, 4) + Element(x, 3, 2, 5) + Element(x, 3, 3, 4) + Element(x, 3, 3, 5)) / 4;
        Assert.Equal(mean, Element(y, 3, 1, 2), 1e-6);
        Assert.True(y.Narrow(1, 4, 4).Abs().Max().Item() > 0.01, "The appended channels are empty.");
        Assert.Equal([4, 4, 1, 1], block.NamedParameters().Single(entry => entry.Name == "shortcut.weight").Value.Value.Shape.ToArray());
    }

    [Fact]
    public void A_block_that_keeps_channels_and_maps_has_no_shortcut_convolution()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DeepDownBlock block = Silence(new DeepDownBlock(4, 4, downsamples: false, s_start, null), random);
        Tensor x = Tensor.Normal([2, 4, 6, 6], random);

        Assert.Equal(0, (block.Forward(x) - x).Abs().Max().Item());
        Assert.DoesNotContain(block.NamedParameters(), entry => entry.Name.StartsWith("shortcut", StringComparison.Ordinal));
    }

    [Fact]
    public void Channels_that_a_shortcut_cannot_give_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepUpBlock(4, 8, true, channels => new BatchNorm(channels), s_start, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepDownBlock(8, 4, true, s_start, null));
    }

    private static double Element(Tensor x, int channel, int row, int column) =>
        x.Select(0, 1).Select(0, channel).Select(0, row).Select(0, column).Item();

    private static T Silence<T>(T block, RandomSource random)
        where T : Module
    {
        using GradMode noGrad = Autograd.NoGrad();
        block.Initialize(random);
        foreach ((string name, Parameter value) in block.NamedParameters())
        {
            if (name.StartsWith("conv4", StringComparison.Ordinal))
                value.Value.Fill(0);
        }

        return block;
    }
}
