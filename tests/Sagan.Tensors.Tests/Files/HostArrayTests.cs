using System.Runtime.InteropServices;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class HostArrayTests
{
    [Fact]
    public void Values_come_back_as_they_went_in()
    {
        float[] values = [1, -2.5f, float.NaN, float.NegativeInfinity, 1e-40f, 6];

        HostArray array = HostArray.Of<float>(values, 2, 3);

        Assert.Equal(DType.Float32, array.DType);
        Assert.Equal([2, 3], array.Shape.ToArray());
        Assert.Equal(6, array.Count);
        Assert.Equal(values, array.As<float>().ToArray());
    }

    [Fact]
    public void No_shape_makes_a_scalar()
    {
        HostArray scalar = HostArray.Of([42L]);

        Assert.Equal(0, scalar.Shape.Length);
        Assert.Equal(1, scalar.Count);
        Assert.Throws<ArgumentException>(() => HostArray.Of<long>([1, 2]));
    }

    [Fact]
    public void A_type_is_not_read_as_another_of_the_same_size()
    {
        HostArray array = HostArray.Of<float>([1], 1);

        var error = Assert.Throws<InvalidOperationException>(() => array.As<int>());

        Assert.Contains("Float32, not Int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_converts_to_single_precision()
    {
        float[] expected = [0, 1];

        Assert.Equal(expected, HostArray.Of<byte>([0, 1], 2).ToFloat32());
        Assert.Equal(expected, HostArray.Of<bool>([false, true], 2).ToFloat32());
        Assert.Equal([-128, 127], HostArray.Of<sbyte>([-128, 127], 2).ToFloat32());
        Assert.Equal([-32768, 3], HostArray.Of<short>([-32768, 3], 2).ToFloat32());
        Assert.Equal([-7, 1 << 20], HostArray.Of<int>([-7, 1 << 20], 2).ToFloat32());
        Assert.Equal([-7, 1 << 20], HostArray.Of<long>([-7, 1 << 20], 2).ToFloat32());
        Assert.Equal([0.5f, -65504], HostArray.Of<Half>([(Half)0.5, Half.MinValue], 2).ToFloat32());
        Assert.Equal([0.1f, float.PositiveInfinity], HostArray.Of<double>([0.1, 1e300], 2).ToFloat32());
        Assert.Equal([2.5f], HostArray.Of<float>([2.5f], 1).ToFloat32());
    }

    [Fact]
    public void Brain_floats_are_the_upper_halves_of_singles()
    {
        ushort[] bits = [0x3f80, 0xc040, 0x7f80];

        var array = new HostArray(DType.BFloat16, [3], MemoryMarshal.AsBytes<ushort>(bits).ToArray());

        Assert.Equal([1, -3, float.PositiveInfinity], array.ToFloat32());
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, "takes 16 bytes, not 12")]
    [InlineData(new long[] { -3 }, "negative size")]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, "overflows")]
    [InlineData(new long[] { 0, 1L << 40, 1L << 40 }, "overflows")]
    public void An_impossible_shape_is_refused(long[] shape, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => new HostArray(DType.Float32, shape, new byte[12]));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
