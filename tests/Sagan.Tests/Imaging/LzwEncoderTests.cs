using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class LzwEncoderTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_length_comes_back(int literalBits)
    {
        var random = new Random(literalBits);
        byte[] noise = [.. Enumerable.Range(0, 700).Select(_ => (byte)random.Next(1 << literalBits))];

        for (int length = 1; length <= noise.Length; length++)
            Assert.Equal(noise[..length], Unpack(noise[..length], literalBits));
    }

    [Fact]
    public void A_full_table_is_started_over()
    {
        var random = new Random(1);
        byte[] noise = new byte[40_000];
        random.NextBytes(noise);

        Assert.Equal(noise, Unpack(noise, 8));
    }

    [Fact]
    public void The_table_may_end_full()
    {
        // About 3,840 codes fill the table of byte literals: every length around that.
        var random = new Random(2);
        byte[] noise = new byte[4_100];
        random.NextBytes(noise);

        for (int length = 3_700; length <= noise.Length; length++)
            Assert.Equal(noise[..length], Unpack(noise[..length], 8));
    }

    [Fact]
    public void Equal_values_shrink()
    {
        byte[] equal = new byte[100_000];

        using var packed = new MemoryStream();
        LzwEncoder.Write(packed, equal, 2);

        Assert.Equal(equal, Unpack(equal, 2));
        Assert.InRange(packed.Length, 100, 1_000);
    }

    private static byte[] Unpack(byte[] values, int literalBits)
    {
        using var packed = new MemoryStream();
        LzwEncoder.Write(packed, values, literalBits);
        byte[] bytes = packed.ToArray();
        Assert.Equal((byte)literalBits, bytes[0]);

        var codes = new List<byte>();
        int at = 1;
        for (; bytes[at] > 0; at += 1 + bytes[at])
            codes.AddRange(bytes.AsSpan(at + 1, bytes[at]).ToArray());
        Assert.Equal(bytes.Length, at + 1);
        return GifDecoder.Unpack([.. codes], literalBits);
    }
}
