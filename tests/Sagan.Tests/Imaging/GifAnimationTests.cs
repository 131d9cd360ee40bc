using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class GifAnimationTests
{
    private static readonly Dictionary<string, string> s_none = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(256)]
    public void Pictures_of_few_colours_come_back_exactly(int colours)
    {
        Raster[] frames = [.. Enumerable.Range(0, 3).Select(seed => FewColours(37, 29, colours, seed))];

        GifDecoder read = GifDecoder.Read(GifAnimation.Encode(frames, 20, s_none));

        Assert.Equal(frames.Select(frame => frame.Pixels), read.Frames.Select(frame => frame.Pixels));
    }

    [Fact]
    public void Pictures_of_many_colours_come_back_nearly()
    {
        Raster ramp = new(64, 64, 3);
        for (int i = 0; i < 64 * 64; i++)
            (ramp.Pixels[3 * i], ramp.Pixels[(3 * i) + 1], ramp.Pixels[(3 * i) + 2]) = ((byte)(4 * (i % 64)), (byte)(4 * (i / 64)), 90);

        Raster read = GifDecoder.Read(GifAnimation.Encode([ramp], 20, s_none)).Frames.Single();

        // 4,096 colours on a plane, of which sixteen share one: a square of 16x16 values each, were they cut ideally.
        double error = Math.Sqrt(ramp.Pixels.Zip(read.Pixels, (a, b) => Math.Pow(a - b, 2)).Average());
        Assert.InRange(error, 0.1, 5);
        Assert.InRange(TestPictures.LargestDifference(ramp, read), 1, 24);
    }

    [Fact]
    public void Gray_pictures_gain_colours()
    {
        Raster gray = TestPictures.Ramp(16, 8, 1);

        Raster read = GifDecoder.Read(GifAnimation.Encode([gray], 20, s_none)).Frames.Single();

        Assert.Equal(gray.Pixels.SelectMany(value => new[] { value, value, value }), read.Pixels);
    }

    [Fact]
    public void The_loop_is_endless_and_keeps_speed_and_texts()
    {
        Raster[] frames = [TestPictures.Constant(4, 4, 3, 1), TestPictures.Constant(4, 4, 3, 2)];
        var texts = new Dictionary<string, string> { ["sagan:seed"] = "3", ["long"] = new string('ä', 300) };

        GifDecoder read = GifDecoder.Read(GifAnimation.Encode(frames, 25, texts));

        Assert.True(read.IsEndless);
        Assert.Equal([4, 4], read.Hundredths);
        Assert.Equal($"sagan:seed: 3\nlong: {new string('ä', 300)}", read.Comment);
    }

    private static Raster FewColours(int width, int height, int colours, int seed)
    {
        var random = new Random(seed);
        byte[] table = new byte[3 * colours];
        random.NextBytes(table);
        return new Raster(width, height, 3, [.. Enumerable.Range(0, width * height).SelectMany(_ => table.AsSpan(3 * random.Next(colours), 3).ToArray())]);
    }
}
