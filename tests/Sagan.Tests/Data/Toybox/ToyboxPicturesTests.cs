using System.Security.Cryptography;
using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class ToyboxPicturesTests
{
    [Fact]
    public void There_are_ten_classes_of_different_names()
    {
        Assert.Equal(ToyboxPictures.ClassCount, ToyboxPictures.ClassNames.Count);
        Assert.Equal(10, ToyboxPictures.ClassNames.Distinct().Count());
        Assert.Equal("face", ToyboxPictures.ClassNames[0]);
        Assert.Equal("flower", ToyboxPictures.ClassNames[9]);
    }

    // If a change of the drawing is meant, raise ToyboxPictures.Edition together with these.
    [Theory]
    [InlineData(8, "0b7b1711284a0c09")]
    [InlineData(32, "f4da90b24de883a6")]
    [InlineData(128, "13c582419732da8b")]
    public void Bytes_are_the_same_on_every_machine(int resolution, string expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < 40; i++)
            hash.AppendData(Drawing.JudgedPicture(i % 10, i / 10, seed: 1, resolution));

        Assert.Equal(expected, Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Threads_draw_the_same_bytes()
    {
        byte[][] alone = [.. Enumerable.Range(0, 60).Select(i => Drawing.JudgedPicture(i % 10, i, seed: 2, 32))];

        byte[][] together = new byte[60][];
        Parallel.For(0, 60, i => together[i] = Drawing.JudgedPicture(i % 10, i, seed: 2, 32));

        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_large_picture_shrinks_to_the_small_one()
    {
        for (int i = 0; i < 30; i++)
        {
            byte[] small = Drawing.JudgedPicture(i % 10, i, seed: 5, 32);
            byte[] large = Drawing.JudgedPicture(i % 10, i, seed: 5, 128);

            double difference = Drawing.MeanDifference(small, Shrink(large, 128, 32));

            Assert.True(difference < 0.8, $"{ToyboxPictures.ClassNames[i % 10]} {i}: {difference} of 255");
        }
    }

    [Fact]
    public void No_toy_touches_the_border()
    {
        for (int i = 0; i < 200; i++)
        {
            Scene scene = ToyboxPictures.Compose(i % 10, i, seed: 6);

            Assert.All(scene.Layers, layer => Assert.All(BorderPoints(), point => Assert.True(layer.Shape.Distance(point) > 0, $"picture {i}")));
        }
    }

    [Theory]
    [InlineData(10, 0, 32, 3072, "toybox has classes 0 to 9")]
    [InlineData(-1, 0, 32, 3072, "toybox has classes 0 to 9")]
    [InlineData(0, -1, 32, 3072, "pictureIndex")]
    [InlineData(0, 0, 7, 147, "toybox draws 8 to 128 pixels")]
    [InlineData(0, 0, 129, 49923, "toybox draws 8 to 128 pixels")]
    [InlineData(0, 0, 32, 3071, "takes 3072 values")]
    public void Bad_arguments_are_named(int classIndex, int pictureIndex, int resolution, int length, string message)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => ToyboxPictures.Render(classIndex, pictureIndex, 1, resolution, new byte[length]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Shrink(byte[] chw, int from, int to)
    {
        int factor = from / to;
        byte[] small = new byte[3 * to * to];
        for (int i = 0; i < small.Length; i++)
        {
            int channel = i / (to * to), row = i / to % to, column = i % to, sum = 0;
            for (int j = 0; j < factor * factor; j++)
                sum += chw[(((channel * from) + (row * factor) + (j / factor)) * from) + (column * factor) + (j % factor)];
            small[i] = (byte)Math.Round(sum / (double)(factor * factor));
        }

        return small;
    }

    private static IEnumerable<Point> BorderPoints()
    {
        for (double along = -0.96; along <= 0.96; along += 0.04)
        {
            yield return new Point(along, -0.96);
            yield return new Point(along, 0.96);
            yield return new Point(-0.96, along);
            yield return new Point(0.96, along);
        }
    }
}
