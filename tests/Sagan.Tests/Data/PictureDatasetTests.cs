using System.Text;
using System.Text.Json;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Data;

public sealed class PictureDatasetTests
{
    [Fact]
    public void Pictures_come_back_in_planar_order_with_their_labels()
    {
        using var folder = new TemporaryFolder();
        Raster cat = TestPictures.Noise(32, 32, 3, seed: 1);
        Raster dog = TestPictures.Noise(32, 32, 3, seed: 2);
        folder.PutPng("dog/1.png", dog);
        folder.PutPng("cat/1.png", cat);

        using PictureDataset dataset = Open(folder);

        Assert.Equal((2, 3, 32, 32), (dataset.Count, dataset.Channels, dataset.Height, dataset.Width));
        Assert.Equal(["cat", "dog"], dataset.ClassNames);
        Assert.Equal((0, 1), (dataset.LabelOf(0), dataset.LabelOf(1)));
        Assert.Equal("dog/1.png", dataset.PictureNameOf(1));
        Assert.Equal(cat.Pixels, Interleaved(dataset, 0));
        Assert.Equal(dog.Pixels, Interleaved(dataset, 1));
    }

    [Fact]
    public void Every_mode_of_png_becomes_the_same_number_of_channels()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/gray.png", TestPictures.Constant(32, 32, 1, 10));
        folder.PutPng("a/rgba.png", TestPictures.Constant(40, 36, 4, 20));
        folder.Put("a/palette.png", HandmadePng.Write(32, 32, 8, HandmadePng.Palette, new byte[1024], ("PLTE", [30, 30, 30])));
        folder.Put("a/sixteen.png", HandmadePng.Write(32, 32, 16, HandmadePng.Rgb, [.. Enumerable.Repeat((byte)40, 6144)]));

        using PictureDataset dataset = Open(folder);

        Assert.Equal(3, dataset.Channels);
        Assert.Equal([10, 30, 20, 40], Enumerable.Range(0, 4).Select(i => Interleaved(dataset, i).Distinct().Single()));
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 pictures have transparency", StringComparison.Ordinal));
    }

    [Fact]
    public void Gray_pictures_stay_gray()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 1, seed: 1));
        folder.Put("a/2.jpg", JpegCodec.Encode(TestPictures.Ramp(64, 64, 1)));

        using PictureDataset dataset = Open(folder);

        Assert.Equal(1, dataset.Channels);
        Assert.Empty(dataset.Warnings);
    }

    [Fact]
    public void Bad_pictures_among_many_leave_no_gap()
    {
        using var folder = new TemporaryFolder();
        int[] bad = [0, 3, 4, 20, 39];
        for (int i = 0; i < 40; i++)
            folder.Put($"a/{i:d2}.png", bad.Contains(i) ? [1, 2, 3] : PngCodec.Encode(TestPictures.Constant(32, 32, 3, (byte)i)));

        using PictureDataset dataset = Open(folder, config => config with { SkipBad = true });

        int[] good = [.. Enumerable.Range(0, 40).Except(bad)];
        Assert.Equal(good, Enumerable.Range(0, dataset.Count).Select(i => (int)Interleaved(dataset, i).Distinct().Single()));
        Assert.Equal(bad.Select(i => $"a/{i:d2}.png"), dataset.Bad.Select(picture => picture.Name));
    }

    [Fact]
    public void Bad_pictures_refuse_the_data_set_by_name_and_can_be_skipped()
    {
        using var folder = new TemporaryFolder();
        Raster first = TestPictures.Noise(32, 32, 3, seed: 3);
        Raster second = TestPictures.Noise(32, 32, 3, seed: 5);
        byte[] jpeg = JpegCodec.Encode(TestPictures.Noise(64, 64, 3, seed: 4));
        folder.Put("a/0-truncated.jpg", jpeg[..(jpeg.Length / 2)]);
        folder.PutPng("a/1.png", first);
        folder.Put("a/2-text.jpg", Encoding.ASCII.GetBytes("I am no picture"));
        folder.PutPng("b/3.png", second);

        DataException error = Assert.Throws<DataException>(() => Open(folder));
        using PictureDataset dataset = Open(folder, config => config with { SkipBad = true });

        Assert.StartsWith("2 of 4 pictures", error.Message, StringComparison.Ordinal);
        Assert.Contains("a/0-truncated.jpg", error.Message, StringComparison.Ordinal);
        Assert.Contains("a/2-text.jpg: Not an image", error.Message, StringComparison.Ordinal);
        Assert.Contains("--skip-bad", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a/1.png", "b/3.png"], Enumerable.Range(0, 2).Select(dataset.PictureNameOf));
        Assert.Equal(first.Pixels, Interleaved(dataset, 0));
        Assert.Equal(second.Pixels, Interleaved(dataset, 1));
        Assert.Equal((0, 1), (dataset.LabelOf(0), dataset.LabelOf(1)));
        Assert.Equal(2, dataset.Bad.Count);
    }

    [Fact]
    public void The_second_opening_decodes_nothing_and_is_the_same()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 3, seed: 1));
        string fingerprint;
        using (PictureDataset first = Open(folder))
            fingerprint = first.Fingerprint;
        var progress = new Recorder();

        using PictureDataset second = PictureDataset.Open(new PicturesConfig { Path = folder.Data + "/" }, progress, folder.Cache);

        Assert.Empty(progress.Reports);
        Assert.Equal(fingerprint, second.Fingerprint);
    }

    [Fact]
    public void Progress_ends_with_everything_done()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 30; i++)
            folder.PutPng($"a/{i}.png", new Raster(32, 32, 1));
        var progress = new Recorder();

        using PictureDataset dataset = PictureDataset.Open(new PicturesConfig { Path = folder.Data }, progress, folder.Cache);

        Assert.Equal(["Listing", "Reading sizes", "Decoding"], progress.Reports.Select(report => report.Phase).Distinct());
        Assert.Equal(new DataProgress("Decoding", 30, 30), progress.Reports[^1]);
    }

    [Fact]
    public void Changed_pictures_are_noticed()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Constant(32, 32, 1, 1));
        Open(folder).Dispose();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 1, 200));
        folder.PutPng("a/2.png", TestPictures.Constant(32, 32, 1, 1));

        using PictureDataset dataset = Open(folder);

        Assert.Equal(2, dataset.Count);
        Assert.Equal(TestPictures.Noise(32, 32, 1, 200).Pixels, Interleaved(dataset, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(-1)]
    [InlineData(-20)]
    public void A_damaged_cache_is_built_again(int at)
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 3, seed: 1));
        Open(folder).Dispose();
        string cache = Directory.GetFiles(folder.Cache).Single();
        byte[] bytes = File.ReadAllBytes(cache);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x10;
        File.WriteAllBytes(cache, bytes);

        using PictureDataset dataset = Open(folder);

        Assert.Equal(TestPictures.Noise(32, 32, 3, seed: 1).Pixels, Interleaved(dataset, 0));
        Assert.NotEqual(bytes, File.ReadAllBytes(cache));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(5000)]
    public void A_cache_of_the_wrong_length_is_built_again(int length)
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 3, seed: 1));
        Open(folder).Dispose();
        string cache = Directory.GetFiles(folder.Cache).Single();
        File.WriteAllBytes(cache, File.ReadAllBytes(cache)[..length]);

        using PictureDataset dataset = Open(folder);

        Assert.Equal(TestPictures.Noise(32, 32, 3, seed: 1).Pixels, Interleaved(dataset, 0));
    }

    [Fact]
    public void The_fingerprint_follows_pixels_labels_and_names_but_not_the_place()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Noise(32, 32, 3, seed: 1));
        folder.PutPng("b/1.png", TestPictures.Noise(32, 32, 3, seed: 2));
        using PictureDataset original = Open(folder);

        using PictureDataset zipped = PictureDataset.Open(new PicturesConfig { Path = folder.Zip() }, null, folder.Cache);
        using PictureDataset gray = Open(folder, config => config with { Channels = 1 });
        File.Move(Path.Combine(folder.Data, "a/1.png"), Path.Combine(folder.Data, "a/x.png"));
        File.Move(Path.Combine(folder.Data, "b/1.png"), Path.Combine(folder.Data, "a/y.png"));
        folder.PutPng("b/2.png", TestPictures.Noise(32, 32, 3, seed: 2));
        using PictureDataset relabelled = Open(folder);

        Assert.Equal(original.Fingerprint, zipped.Fingerprint);
        Assert.NotEqual(original.Fingerprint, gray.Fingerprint);
        Assert.NotEqual(original.Fingerprint, relabelled.Fingerprint);
    }

    [Fact]
    public void A_failed_opening_leaves_no_file_behind()
    {
        using var folder = new TemporaryFolder();
        folder.Put("a/1.jpg", Encoding.ASCII.GetBytes("text"));

        Assert.Throws<DataException>(() => Open(folder, config => config with { Resolution = 32, Channels = 3, SkipBad = true }));

        Assert.Empty(Directory.GetFiles(folder.Cache));
    }

    [Fact]
    public void The_config_survives_json()
    {
        DatasetConfig config = new PicturesConfig { Path = "cats", Resolution = 64, AlphaOn = Rgb.White, SkipBad = true };

        string json = JsonSerializer.Serialize(config);

        Assert.StartsWith("{\"kind\":\"pictures\"", json, StringComparison.Ordinal);
        Assert.Equal(config, JsonSerializer.Deserialize<DatasetConfig>(json));
    }

    [SharedFact("data/cifar10-jpeg.tar.gz")]
    public void Cifar_as_jpeg_is_recognised()
    {
        using PictureSource source = PictureSources.Open(SharedFactAttribute.Find("data/cifar10-jpeg.tar.gz")!, "test");

        PictureTransform transform = TransformChoice.For(new PicturesConfig { Path = "x" }, source.ReadHeaders());

        Assert.Equal("airplane automobile bird cat deer dog frog horse ship truck", string.Join(' ', source.ClassNames));
        Assert.Equal(10_000, source.Entries.Count);
        Assert.All(source.Entries.CountBy(entry => entry.Label), pair => Assert.Equal(1_000, pair.Value));
        Assert.Equal((3, 32), (transform.Channels, transform.Resolution));
        Assert.Equal(32, source.Read().First().Decode().Width);
    }

    private static PictureDataset Open(TemporaryFolder folder, Func<PicturesConfig, PicturesConfig>? change = null)
    {
        var config = new PicturesConfig { Path = folder.Data };
        return PictureDataset.Open(change is null ? config : change(config), progress: null, folder.Cache);
    }

    private static byte[] Interleaved(Dataset dataset, int index)
    {
        byte[] planar = new byte[dataset.BytesPerPicture];
        dataset.Read(index, planar);
        return Raster.FromPlanar(dataset.Width, dataset.Height, dataset.Channels, planar).Pixels;
    }

    private sealed class Recorder : IProgress<DataProgress>
    {
        public List<DataProgress> Reports { get; } = [];

        public void Report(DataProgress value) => Reports.Add(value);
    }
}
