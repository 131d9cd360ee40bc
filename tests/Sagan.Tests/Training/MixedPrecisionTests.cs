using System.Runtime.InteropServices;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
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

    [Fact]
    public void Statistics_of_narrow_maps_are_taken_in_single_precision()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var norm = new BatchNorm(4, momentum: 1);
        norm.Initialize(random);
        Tensor x = (Tensor.Normal([8, 4, 32, 32], random) * 0.1 + 3).To(DType.BFloat16);

        norm.Forward(x);

        // In bfloat16 the mean would have two digits, and squares of such numbers no digit of the variance.
        Tensor wide = x.To(DType.Float64), mean = wide.Mean(0, 2, 3);
        Tensor variance = (wide - mean.Reshape(1, -1, 1, 1)).Square().Sum(0, 2, 3) / (8 * 32 * 32 - 1);
        Dictionary<string, Tensor> buffers = norm.State().ToDictionary(entry => entry.Name, entry => entry.Value.Value);
        Assert.Equal(mean.ToArray<double>(), buffers["statistics.mean"].To(DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(variance.ToArray<double>(), buffers["statistics.variance"].To(DType.Float64).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-3 * a);
    }

    [Fact]
    public void What_a_run_keeps_has_the_digits_of_single_precision()
    {
        using var run = new SmallRun(SmallRun.Plain with { Precision = Precision.Bf16 });

        run.Start();

        using SafetensorsFile snapshot = SafetensorsFile.Open(run.Directory.SnapshotFile(48)), state = SafetensorsFile.Open(run.Directory.StateFile(48));
        (string Name, HostArray Array)[] kept = [.. snapshot.Names.Select(name => (name, snapshot[name])), .. state.Names.Select(name => (name, state[name]))];
        Assert.DoesNotContain(kept, entry => entry.Array.DType is DType.BFloat16 or DType.Float16);
        Assert.Empty(kept.Where(entry => entry.Array is { DType: DType.Float32, Count: > 4 } && !HasLowDigits(entry.Array)).Select(entry => entry.Name));
        Assert.Contains("generator.block1.conv1.weight", snapshot.Names);
    }

    // The lower half of a number's bits, which bfloat16 does not have.
    private static bool HasLowDigits(HostArray array)
    {
        uint[] bits = [.. MemoryMarshal.Cast<byte, uint>(array.Bytes)];
        uint[] told = [.. bits.Where(number => number << 1 != 0)];
        return told.Length == 0 || told.Count(number => (number & 0xffff) != 0) > told.Length / 2;
    }

    private static void Near(double expected, double actual, double share) =>
        Assert.InRange(actual, expected - (share * (1 + Math.Abs(expected))), expected + (share * (1 + Math.Abs(expected))));
}
