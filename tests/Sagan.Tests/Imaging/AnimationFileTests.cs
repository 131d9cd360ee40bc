using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class AnimationFileTests : IDisposable
{
    private static readonly Dictionary<string, string> s_texts = new() { ["Software"] = "Sagan" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sagan-animation-");

    [Fact]
    public void The_name_decides_the_format()
    {
        Raster[] frames = [TestPictures.Constant(4, 4, 3, 1), TestPictures.Constant(4, 4, 3, 2)];

        AnimationFile.Write(In("a.GIF"), frames, 20, s_texts);
        AnimationFile.Write(In("a.apng"), frames, 20, s_texts);
        ImageException wrong = Assert.Throws<ImageException>(() => AnimationFile.Write(In("a.webm"), frames, 20, s_texts));

        Assert.Equal(2, GifDecoder.Read(File.ReadAllBytes(In("a.GIF"))).Frames.Count);
        Assert.Equal(frames[0].Pixels, PngCodec.Decode(File.ReadAllBytes(In("a.apng"))).Pixels);
        Assert.Contains(".gif, .apng, .mp4", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(["a.GIF", "a.apng"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Frames_of_different_sizes_are_refused()
    {
        Assert.Throws<ImageException>(() => AnimationFile.Write(In("a.gif"), [new Raster(2, 2, 3), new Raster(3, 2, 3)], 20, s_texts));
        Assert.Throws<ImageException>(() => AnimationFile.Write(In("a.gif"), [], 20, s_texts));
    }

    [Fact]
    public void A_video_needs_ffmpeg_and_the_message_says_how_to_get_it()
    {
        Raster[] frames = [.. Enumerable.Range(0, 4).Select(seed => TestPictures.Noise(33, 21, 3, seed))];
        bool isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")));

        if (isInstalled)
        {
            AnimationFile.Write(In("a.mp4"), frames, 20, s_texts);
            Assert.Equal("ftyp"u8.ToArray(), File.ReadAllBytes(In("a.mp4"))[4..8]);
        }
        else
        {
            var missing = Assert.Throws<MissingLibraryException>(() => AnimationFile.Write(In("a.mp4"), frames, 20, s_texts));
            Assert.Contains("apt-get install ffmpeg", missing.Message, StringComparison.Ordinal);
            Assert.Empty(_folder.GetFiles());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
