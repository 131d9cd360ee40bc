using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

public class ModuleTests
{
    private static readonly ImageSpec s_images = new(3, 32, 10);

    [Fact]
    public void The_former_mode_returns_part_by_part()
    {
        using var block = new InputBlock(3, 4, BlockInitializers.Sngan, null);
        Module resting = block.Children[1].Module;

        using (resting.Eval())
        {
            using (block.Eval())
                Assert.All(block.SelfAndDescendants(), part => Assert.False(part.IsTraining));
            Assert.Equal(block.SelfAndDescendants().Where(part => part.IsTraining), block.SelfAndDescendants().Where(part => part != resting));
            using (block.Train())
                Assert.All(block.SelfAndDescendants(), part => Assert.True(part.IsTraining));
            Assert.False(resting.IsTraining);
        }

        Assert.All(block.SelfAndDescendants(), part => Assert.True(part.IsTraining));
    }

    [Fact]
    public void The_former_mode_returns_after_an_exception()
    {
        using var layer = new BatchNorm(3);

        Assert.Throws<InvalidOperationException>((Action)FailInEvaluation);

        Assert.True(layer.IsTraining);

        void FailInEvaluation()
        {
            using ModeScope evaluation = layer.Eval();
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void A_frozen_network_gets_no_gradients_and_passes_them_on()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new Linear(3, 2, new NormalInitializer(1));
        layer.Initialize(random);
        Tensor x = Tensor.Normal([1, 3], random);
        x.RequiresGrad = true;

        using (layer.Freeze())
            Autograd.Backward(layer.Forward(x).Sum());
        bool[] asking = [.. layer.NamedParameters().Select(entry => entry.Value.Value.RequiresGrad)];

        Assert.NotNull(x.Gradient);
        Assert.All(layer.NamedParameters(), entry => Assert.Null(entry.Value.Value.Gradient));
        Assert.Equal([true, true], asking);
    }

    [Fact]
    public void Thawing_leaves_frozen_what_was_frozen_before()
    {
        using var block = new InputBlock(3, 4, BlockInitializers.Sngan, null);
        (_, Parameter apart) = block.NamedParameters().First();
        apart.Value.RequiresGrad = false;

        block.Freeze().Dispose();

        Assert.All(block.NamedParameters(), entry => Assert.Equal(entry.Value != apart, entry.Value.Value.RequiresGrad));
    }

    [Fact]
    public void A_copy_computes_the_same()
    {
        using Scope scope = Scope.Open();
        using RandomSource random = new(1), others = new(2);
        using var mine = new Conv2d(3, 4, 3, new XavierInitializer(), SpectralNorm.Default);
        using var theirs = new Conv2d(3, 4, 3, new XavierInitializer(), SpectralNorm.Default);
        mine.Initialize(random);
        theirs.Initialize(others);
        Tensor x = Tensor.Normal([1, 3, 4, 4], random);

        mine.CopyFrom(theirs);

        Assert.Equal(theirs.Forward(x).ToArray<float>(), mine.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Wrong_channels_are_refused_with_the_layer_s_path()
    {
        using Scope scope = Scope.Open();
        using Discriminator network = new SnganConfig { DiscriminatorWidth = 8 }.BuildDiscriminator(s_images);
        Module conv = network.Children.Single(child => child.Name == "block2").Module.Children.Single(child => child.Name == "conv1").Module;

        var error = Assert.Throws<ShapeException>(() => ((Conv2d)conv).Forward(Tensor.Zeros([64, 3, 16, 16])));

        Assert.Equal("discriminator.block2.conv1: expected [N, 8, H, W], got [64, 3, 16, 16]", error.Message);
    }

    [Fact]
    public void Wrong_latents_and_pictures_are_refused_at_the_network_s_door()
    {
        using Scope scope = Scope.Open();
        var config = new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 };
        using Generator generator = config.BuildGenerator(s_images);
        using Discriminator discriminator = config.BuildDiscriminator(s_images);
        Tensor labels = Tensor.Zeros([2], DType.Int64);

        var latents = Assert.Throws<ShapeException>(() => generator.Forward(Tensor.Zeros([2, 100]), labels));
        var pictures = Assert.Throws<ShapeException>(() => discriminator.Forward(Tensor.Zeros([2, 1, 32, 32]), labels));

        Assert.Equal("generator.linear: expected [N, 128], got [2, 100]", latents.Message);
        Assert.Equal("discriminator: expected [N, 3, H, W], got [2, 1, 32, 32]", pictures.Message);
    }

    [Fact]
    public void Missing_labels_are_refused_with_the_layer_s_path()
    {
        using Scope scope = Scope.Open();
        var config = new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 };
        using Generator generator = config.BuildGenerator(s_images);
        using Discriminator discriminator = config.BuildDiscriminator(s_images);

        var drawing = Assert.Throws<ArgumentNullException>(() => generator.Forward(Tensor.Zeros([2, 128]), null));
        var judging = Assert.Throws<ArgumentNullException>(() => discriminator.Forward(Tensor.Zeros([2, 3, 32, 32]), null));

        Assert.StartsWith("generator: a class-conditional layer was called without labels", drawing.Message);
        Assert.StartsWith("discriminator.head: a class-conditional layer was called without labels", judging.Message);
    }

    [Fact]
    public void A_wrong_number_of_labels_is_refused_with_the_layer_s_path()
    {
        using Scope scope = Scope.Open();
        var config = new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 };
        using Generator generator = config.BuildGenerator(s_images);
        using Discriminator discriminator = config.BuildDiscriminator(s_images);
        using var norm = new CategoricalBatchNorm(2, classes: 10);
        Tensor one = Tensor.Zeros([1], DType.Int64);

        var drawing = Assert.Throws<ShapeException>(() => generator.Forward(Tensor.Zeros([2, 128]), one));
        var judging = Assert.Throws<ShapeException>(() => discriminator.Forward(Tensor.Zeros([2, 3, 32, 32]), one));
        var alone = Assert.Throws<ShapeException>(() => norm.Forward(Tensor.Zeros([2, 2, 4, 4]), one));

        Assert.Equal("generator, labels: expected 2 of them, got [1]", drawing.Message);
        Assert.Equal("discriminator.head, labels: expected 2 of them, got [1]", judging.Message);
        Assert.Equal("CategoricalBatchNorm, labels: expected 2 of them, got [1]", alone.Message);
    }
}
