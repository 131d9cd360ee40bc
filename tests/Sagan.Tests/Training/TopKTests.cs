using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class TopKTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(49_999, 64)]
    [InlineData(50_000, 63)]
    [InlineData(500_000, 57)]
    [InlineData(3_400_000, 32)]
    [InlineData(long.MaxValue, 32)]
    public void The_share_that_stays_falls_every_epoch_down_to_the_floor(long images, int count)
    {
        Assert.Equal(count, new TopK().CountAt(images, batch: 64));
    }

    [Fact]
    public void One_picture_always_stays()
    {
        Assert.Equal(1, new TopK { Floor = 0.01, Decay = 0.01 }.CountAt(1_000_000, batch: 4));
    }
}
