using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Models;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>Training with convolutions in bfloat16, which has 8 bits of precision, beside single precision.</summary>
public sealed class MixedPrecisionTests
{
    public static TheoryData<string> Models => [.. Registry.Kinds<ModelConfig>()];

    [Theory]
    [MemberData(nameof(Models))]
    public void An_iteration_of_every_architecture_is_near_single_precision(string model)
    {
        TrainingConfig config = SmallRun.Plain with { Model = SmallConfigs.Of(model) };

        OneIteration single = OneIteration.Of(config);
        OneIteration mixed = OneIteration.Of(config with { Precision = Precision.Bf16 });

        Assert.NotEqual(single.Discriminator[0], mixed.Discriminator[0]);
        Near(single.Discriminator[0], mixed.Discriminator[0], 0.05);
        Near(single.Discriminator[1], mixed.Discriminator[1], 0.02);
        Near(single.Generator[0], mixed.Generator[0], 0.05);
        Near(single.Generator[1], mixed.Generator[1], 0.02);
    }

    [Fact]
    public void Convolutions_between_maps_are_narrow_and_those_of_pictures_are_not()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using Conv2d inner = new(8, 8, 3, new XavierInitializer()), last = new(8, 3, 3, new XavierInitializer());
        inner.Initialize(random);
        last.Initialize(random);
        Tensor x = Tensor.Normal([1, 8, 4, 4], random);

        Tensor plain = inner.Forward(x), narrow, picture;
        using (MixedPrecision.Enter(true))
        {
            narrow = inner.Forward(x);
            picture = last.Forward(narrow);
        }

        Assert.Equal(DType.Float32, plain.DType);
        Assert.Equal(DType.BFloat16, narrow.DType);
        Assert.Equal(DType.Float32, picture.DType);
        Assert.False(MixedPrecision.IsOn);
    }

    private static void Near(double expected, double actual, double share) =>
        Assert.InRange(actual, expected - (share * (1 + Math.Abs(expected))), expected + (share * (1 + Math.Abs(expected))));
}
