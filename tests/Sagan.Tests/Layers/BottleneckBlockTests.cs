using Sagan.Layers;

namespace Sagan.Tests.Layers;

public class BottleneckBlockTests
{
    [Theory]
    [InlineData(64, 18)]
    [InlineData(128, 36)]
    [InlineData(256, 71)]
    [InlineData(512, 142)]
    [InlineData(1024, 284)]
    public void It_has_within_two_percent_the_parameters_of_attention(int channels, int hidden)
    {
        using var block = new BottleneckBlock(channels, Initializer.Zeros);
        using var attention = new SelfAttention(channels, Initializer.Zeros);

        Assert.Equal((2 * channels * hidden) + (9 * hidden * hidden), block.ParameterCount);
        Assert.InRange((double)block.ParameterCount / attention.ParameterCount, 0.98, 1.02);
    }
}
