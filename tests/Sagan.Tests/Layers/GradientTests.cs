using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

/// <summary>Every layer's gradients, of inputs and parameters, against finite differences.</summary>
/// <remarks>
/// Spectral norm is checked in evaluation: there u and v are constants, as autograd takes them to be in training too.
/// </remarks>
public class GradientTests
{
    private static readonly Initializer s_initializer = new XavierInitializer();
    private static readonly BlockInitializers s_block = BlockInitializers.Sngan;

    public static TheoryData<bool> WithoutAndWithSpectralNorm { get; } = [false, true];

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_a_convolution(bool spectral) =>
        Check([2, 3, 5, 4], () => new Conv2d(3, 4, 3, s_initializer, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Of_a_halving_convolution(int kernel, bool spectral) => Check(
        [2, 3, 6, 4], () => new Conv2d(3, 4, kernel, s_initializer, Norm(spectral), stride: 2), (layer, x) => layer.Forward(x));

    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void Of_a_transposed_convolution(int kernel, bool spectral) => Check(
        [2, 3, 3, 2], () => new ConvTranspose2d(3, 4, kernel, s_initializer, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_a_transposed_convolution_of_a_single_position(bool spectral) => Check(
        [2, 3, 1, 1], () => new ConvTranspose2d(3, 4, 3, s_initializer, Norm(spectral), DeconvolutionRows.Inputs, doubles: false), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_the_ablation_s_residual_block(bool spectral) => Check(
        [2, 8, 4, 3], () => new BottleneckBlock(8, s_initializer, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_the_planes_of_a_class(bool spectral)
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([4L, 0L, 4L], 3);

        Check([3, 2, 2, 3], () => ClassPlanes.Embedded(5, 4, s_initializer, Norm(spectral)), (planes, x) => planes.Forward(x, labels));
    }

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_a_convolution_fused_with_pooling(bool spectral) =>
        Check([2, 3, 6, 4], () => new Conv2d(3, 4, 3, s_initializer, Norm(spectral)), (layer, x) => layer.ForwardPooled(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_a_linear_map(bool spectral) =>
        Check([3, 5], () => new Linear(5, 4, s_initializer, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_an_embedding(bool spectral)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using Embedding layer = GradientCheck.Prepare(new Embedding(5, 4, s_initializer, Norm(spectral)), random);
        using ModeScope evaluation = layer.Eval();
        Tensor labels = Tensor.From([3L, 0L, 3L], 3);

        GradientCheck.Require(layer, () => layer.Forward(labels));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_batch_norm(bool training) =>
        Check([3, 4, 3, 2], () => new BatchNorm(4), (layer, x) => layer.Forward(x), training);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_categorical_batch_norm(bool training)
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([2L, 0L, 2L], 3);

        Check([3, 4, 3, 2], () => new CategoricalBatchNorm(4, classes: 3), (layer, x) => layer.Forward(x, labels), training);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Of_projected_batch_norm_and_its_condition(bool training, bool spectral)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(2);
        using ProjectedBatchNorm layer = GradientCheck.Prepare(new ProjectedBatchNorm(4, 5, s_initializer, Norm(spectral)), random);
        using ModeScope mode = training ? layer.Train() : layer.Eval();
        Tensor x = GradientCheck.Leaf(random, 3, 4, 3, 2), condition = GradientCheck.Leaf(random, 3, 5);

        GradientCheck.Require(layer, () => layer.Forward(x, condition), ("x", x), ("condition", condition));
    }

    [Theory]
    [InlineData(AttentionForm.AuthorsCode, false, false)]
    [InlineData(AttentionForm.AuthorsCode, true, false)]
    [InlineData(AttentionForm.Paper, false, false)]
    [InlineData(AttentionForm.Paper, true, true)]
    [InlineData(AttentionForm.FirstVersion, false, true)]
    [InlineData(AttentionForm.FirstVersion, true, false)]
    public void Of_attention(AttentionForm form, bool spectral, bool bias) => Check(
        [2, 8, 4, 4], () => new SelfAttention(8, s_initializer, Norm(spectral), form, bias), (layer, x) => layer.Forward(x));

    [Theory]
    [InlineData(Upsampling.Nearest, false)]
    [InlineData(Upsampling.Nearest, true)]
    [InlineData(Upsampling.Bilinear, false)]
    [InlineData(Upsampling.Bilinear, true)]
    public void Of_a_generator_s_block(Upsampling upsampling, bool spectral)
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([1L, 0L], 2);

        Check(
            [2, 4, 3, 3],
            () => new UpBlock(4, 3, channels => new CategoricalBatchNorm(channels, classes: 2), s_block, Norm(spectral), upsampling),
            (layer, x) => layer.Forward(x, labels));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Of_a_residual_block(bool halves, bool training) =>
        Check([2, 3, 4, 4], () => new ResidualBlock(3, halves ? 4 : 3, halves, s_block), (layer, x) => layer.Forward(x), training);

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_a_picture_head(bool spectral) =>
        Check([2, 3, 4, 4], () => new PictureHead(3, 2, s_initializer, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Fact]
    public void Of_a_generator_s_block_that_trains()
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([1L, 0L], 2);

        Check(
            [2, 4, 3, 3],
            () => new UpBlock(4, 3, channels => new CategoricalBatchNorm(channels, classes: 2), s_block),
            (layer, x) => layer.Forward(x, labels), training: true);
    }

    [Theory]
    [InlineData(3, 5, 3, true, ShortcutInput.Raw, true)]            // thin, halving
    [InlineData(3, 5, 5, true, ShortcutInput.Rectified, false)]     // wide, halving
    [InlineData(3, 5, 5, false, ShortcutInput.Raw, false)]          // a shortcut for the channels alone
    [InlineData(4, 4, 4, false, ShortcutInput.Raw, true)]           // no shortcut
    [InlineData(4, 4, 4, false, ShortcutInput.Rectified, true)]
    [InlineData(4, 4, 4, true, ShortcutInput.Rectified, false)]
    public void Of_a_discriminator_s_block(int inputs, int outputs, int hidden, bool halves, ShortcutInput shortcut, bool spectral) => Check(
        [2, inputs, 4, 4],
        () => new DownBlock(inputs, outputs, hidden, halves, s_block, Norm(spectral), shortcut),
        (layer, x) => layer.Forward(x));

    [Theory]
    [InlineData(3, 5, 3, true)]
    [InlineData(3, 5, 5, false)]
    [InlineData(4, 4, 4, false)]
    public void Of_a_discriminator_s_block_with_batch_norm(int inputs, int outputs, int hidden, bool halves) => Check(
        [2, inputs, 4, 4],
        () => new DownBlock(inputs, outputs, hidden, halves, s_block, null, norm: channels => new BatchNorm(channels)),
        (layer, x) => layer.Forward(x), training: true);

    [Fact]
    public void Of_the_discriminator_s_first_block_with_batch_norm() => Check(
        [2, 3, 4, 6], () => new InputBlock(3, 4, s_block, null, channels => new BatchNorm(channels)), (layer, x) => layer.Forward(x), training: true);

    [Theory]
    [InlineData(8, 5, true, false)]
    [InlineData(8, 5, true, true)]
    [InlineData(8, 8, false, true)]
    public void Of_a_deep_generator_s_block(int inputs, int outputs, bool upsamples, bool spectral)
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([1L, 0L], 2);

        Check(
            [2, inputs, 3, 3],
            () => new DeepUpBlock(inputs, outputs, upsamples, channels => new CategoricalBatchNorm(channels, classes: 2), s_block, Norm(spectral)),
            (layer, x) => layer.Forward(x, labels));
    }

    [Theory]
    [InlineData(5, 8, true, false)]
    [InlineData(5, 8, true, true)]
    [InlineData(8, 8, false, true)]
    [InlineData(8, 8, true, false)]
    public void Of_a_deep_discriminator_s_block(int inputs, int outputs, bool halves, bool spectral) => Check(
        [2, inputs, 4, 4], () => new DeepDownBlock(inputs, outputs, halves, s_block, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_the_discriminator_s_first_block(bool spectral) =>
        Check([2, 3, 4, 6], () => new InputBlock(3, 4, s_block, Norm(spectral)), (layer, x) => layer.Forward(x));

    [Theory]
    [MemberData(nameof(WithoutAndWithSpectralNorm))]
    public void Of_the_heads_of_discriminators(bool spectral)
    {
        using Scope scope = Scope.Open();
        Tensor labels = Tensor.From([4L, 0L, 4L], 3);

        foreach (HeadKind kind in Enum.GetValues<HeadKind>())
            Check([3, 5], () => new DiscriminatorHead(kind, 5, 6, s_initializer, Norm(spectral)), (head, h) => Scores(head.Judge(h, labels)));

        static Tensor Scores(Judgement judgement) => judgement.Classes is { } classes
            ? Tensor.Concat(1, judgement.Logits.Unsqueeze(1), classes)
            : judgement.Logits;
    }

    private static SpectralNorm? Norm(bool spectral) => spectral ? SpectralNorm.Default : null;

    private static void Check<T>(long[] shape, Func<T> build, Func<T, Tensor, Tensor> forward, bool training = false)
        where T : Module
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using T layer = GradientCheck.Prepare(build(), random);
        using ModeScope mode = training ? layer.Train() : layer.Eval();
        Tensor x = GradientCheck.Leaf(random, shape);

        GradientCheck.Require(layer, () => forward(layer, x), ("x", x));
    }
}
