using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

/// <summary>Every architecture, narrow, at every resolution: pictures and logits as they should be.</summary>
public class NetworkShapesTests
{
    public static TheoryData<ModelConfig, int> Plain { get; } = new()
    {
        { new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }, 32 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2 }, 64 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, Conditional = false }, 128 },
        { new SnganConfig { GeneratorWidth = 1, DiscriminatorWidth = 1 }, 256 },
        { new SnganConfig { Size = ResNetSize.Small, GeneratorWidth = 2, DiscriminatorWidth = 2 }, 128 },
        { new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.InputConcat }, 32 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }, 128 },
        { new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.Classifier }, 32 },
        { new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, AttentionForm = Sagan.Layers.AttentionForm.ResidualBlock }, 32 },
        { new DcganConfig { GeneratorWidth = 4, DiscriminatorWidth = 4 }, 32 },
        { new DcganConfig { Form = DcganForm.FiveByFive, GeneratorWidth = 4, DiscriminatorWidth = 4, Conditional = false }, 48 },
        { new DcganConfig { Form = DcganForm.SnDcgan, GeneratorWidth = 4, DiscriminatorWidth = 4, SpectralGenerator = true }, 40 },
        { new DcganConfig { Form = DcganForm.SelfAttention, GeneratorWidth = 8, DiscriminatorWidth = 4 }, 48 },
        { new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, Details = new ResNetDetails { SpectralNorm = null, DiscriminatorBatchNorm = true } }, 32 },
        { new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }, 32 },
        { new SelfAttentionGanConfig { Size = ResNetSize.Pyramid, GeneratorWidth = 8, DiscriminatorWidth = 8 }, 32 },
        { new SelfAttentionGanConfig { GeneratorWidth = 4, DiscriminatorWidth = 8 }, 64 },
        { new SelfAttentionGanConfig { GeneratorWidth = 4, DiscriminatorWidth = 4 }, 128 },
    };

    public static TheoryData<ModelConfig, int> BigGans { get; } = new()
    {
        { new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = 5 }, 32 },
        { new BigGanConfig { LatentSize = 10, GeneratorWidth = 4, DiscriminatorWidth = 8, Widths = WidthTable.StudioGan }, 64 },
        { new BigGanConfig { LatentSize = 12, GeneratorWidth = 4, DiscriminatorWidth = 8, Conditional = false }, 128 },
        { new BigGanConfig { LatentSize = 14, GeneratorWidth = 2, DiscriminatorWidth = 4, Initialization = Initialization.Xavier }, 256 },
        { new BigGanConfig { LatentSize = 16, GeneratorWidth = 2, DiscriminatorWidth = 4, SharedSize = null, HierarchicalLatents = false }, 512 },
        { new BigGanDeepConfig { LatentSize = 7, GeneratorWidth = 4, GeneratorAttention = [16] }, 32 },
        { new BigGanDeepConfig { LatentSize = 7, GeneratorWidth = 4, Conditional = false }, 64 },
        { new BigGanDeepConfig { LatentSize = 7, GeneratorWidth = 4, DiscriminatorCondition = DiscriminatorCondition.InputConcat }, 128 },
        { new BigGanDeepConfig { LatentSize = 7, GeneratorWidth = 4, Initialization = Initialization.Normal }, 256 },
        { new BigGanDeepConfig { LatentSize = 7, GeneratorWidth = 4 }, 512 },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void Both_networks_have_the_shapes_they_promise(ModelConfig config, int resolution) => Require(config, resolution, dimmest: 1e-3);

    // Their initial weights are smaller.
    [Theory]
    [MemberData(nameof(BigGans))]
    public void Both_networks_of_BigGANs_have_the_shapes_they_promise(ModelConfig config, int resolution) => Require(config, resolution, dimmest: 1e-6);

    private static void Require(ModelConfig config, int resolution, double dimmest)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        using GanModel gan = config.Build(new ImageSpec(3, resolution, 5), random);
        Tensor? labels = config.Conditional ? Tensor.From([4L, 0L], 2) : null;

        Tensor pictures = gan.Generator.Forward(Tensor.Normal([2, gan.Generator.LatentSize], random), labels);
        Tensor logits = gan.Discriminator.Forward(pictures, labels);

        Assert.Equal([2, 3, resolution, resolution], pictures.Shape.ToArray());
        Assert.InRange(pictures.Abs().Max().Item(), dimmest, 1);
        Assert.Equal([2], logits.Shape.ToArray());
        Assert.Equal(1, logits.IsFinite().All().To(DType.Float32).Item());
        Assert.Equal(config.Conditional, gan.Generator.IsConditional);
    }
}
