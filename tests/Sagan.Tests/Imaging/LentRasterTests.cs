using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class LentRasterTests
{
    [Fact]
    public void What_is_lent_is_what_is_decoded()
    {
        byte[][] files =
        [
            JpegCodec.Encode(TestPictures.Noise(70, 50, 3, seed: 1)),
            JpegCodec.Encode(TestPictures.Noise(30, 60, 1, seed: 2)),
            JpegCodec.EncodeInks(TestPictures.Noise(33, 17, 4, seed: 3), quality: 90),
            PngCodec.Encode(TestPictures.Noise(9, 9, 4, seed: 4)),
        ];

        foreach (byte[] file in files)
        {
            Raster expected = ImageFile.Decode(file, 20);
            using LentRaster lent = ImageFile.Lend(file, 20);

            Assert.Equal((expected.Width, expected.Height, expected.Channels), (lent.Width, lent.Height, lent.Channels));
            Assert.Equal(expected.Pixels, lent.Pixels.ToArray());
        }
    }

    [Fact]
    public void A_copy_outlives_the_loan()
    {
        Raster black = TestPictures.Constant(16, 16, 3, 0);
        Raster copy;
        using (LentRaster lent = ImageFile.Lend(JpegCodec.Encode(black), null))
            copy = lent.ToRaster();

        using LentRaster next = ImageFile.Lend(JpegCodec.Encode(TestPictures.Constant(16, 16, 3, 255)), null);

        Assert.Equal(black.Pixels, copy.Pixels);
    }

    [Fact]
    public void Bad_bytes_are_refused_with_the_same_words()
    {
        byte[] jpeg = JpegCodec.Encode(TestPictures.Noise(40, 40, 3, seed: 5));

        foreach (byte[] file in (byte[][])[[], [1, 2, 3], jpeg[..(jpeg.Length / 2)]])
        {
            string expected = Assert.Throws<ImageException>(() => ImageFile.Decode(file)).Message;

            Assert.Equal(expected, Assert.Throws<ImageException>(() => ImageFile.Lend(file, null).Dispose()).Message);
        }
    }
}
