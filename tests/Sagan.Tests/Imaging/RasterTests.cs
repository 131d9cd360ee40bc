using System.Text.Json;
using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class RasterTests
{
    [Fact]
    public void Planar_order_groups_the_samples_of_a_channel()
    {
        var raster = new Raster(2, 1, 3, [1, 2, 3, 4, 5, 6]);
        byte[] planar = new byte[6];

        raster.CopyPlanar(planar);

        Assert.Equal([1, 4, 2, 5, 3, 6], planar);
        Assert.Equal(raster.Pixels, Raster.FromPlanar(2, 1, 3, planar).Pixels);
    }

    // Around sixteen pixels, which are sorted at once.
    [Theory]
    [InlineData(5, 3, 3)]
    [InlineData(4, 4, 3)]
    [InlineData(7, 7, 3)]
    [InlineData(7, 5, 1)]
    [InlineData(7, 5, 4)]
    public void Planar_order_is_the_same_for_any_size(int width, int height, int channels)
    {
        Raster raster = TestPictures.Noise(width, height, channels, seed: 4);
        byte[] planar = new byte[raster.Pixels.Length];

        raster.CopyPlanar(planar);

        Assert.Equal(raster.Pixels, Raster.FromPlanar(width, height, channels, planar).Pixels);
    }

    [Fact]
    public void A_wrong_number_of_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Raster(2, 2, 3, new byte[11]));

    [Fact]
    public void A_colour_is_read_from_text_and_json()
    {
        Assert.Equal(new Rgb(0x12, 0xAB, 0xFF), Rgb.Parse("#12abFF"));
        Assert.Equal(Rgb.White, JsonSerializer.Deserialize<Rgb>("\"#ffffff\""));
        Assert.Equal("\"#000000\"", JsonSerializer.Serialize(Rgb.Black));

        Assert.Throws<FormatException>(() => Rgb.Parse("#12345"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Rgb>("7"));
    }
}
