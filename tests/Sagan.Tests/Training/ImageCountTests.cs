using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class ImageCountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("20000", 20_000)]
    [InlineData("200k", 200_000)]
    [InlineData("1.5M", 1_500_000)]
    [InlineData("1.001m", 1_001_000)]
    [InlineData("0.001k", 1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Numbers_are_read_exactly(string text, long images)
    {
        Assert.True(ImageCount.TryParse(text, out long read));
        Assert.Equal(images, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1.2345k")]
    [InlineData("1e6")]
    [InlineData("ten")]
    [InlineData("9223372036854775808")]
    [InlineData("79228162514264337593543950335m")]
    public void What_is_no_number_of_images_is_refused(string text)
    {
        Assert.False(ImageCount.TryParse(text, out _));
    }

    [Theory]
    [InlineData(850, "850")]
    [InlineData(12_800, "12.8k")]
    [InlineData(100_000, "100k")]
    [InlineData(1_500_000, "1.5m")]
    [InlineData(25_600_000, "25.6m")]
    public void Numbers_are_written_for_people(long images, string text)
    {
        Assert.Equal(text, ImageCount.Print(images));
    }
}
