using Sagan.Augmentations;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Upscaling;

namespace Sagan.Tests.Training.Upscaling;

public sealed class PictureUpscalerTests
{
    private static readonly UpscalerConfig s_model = new() { Factor = 4, GeneratorWidth = 8, GeneratorBlocks = 1, DiscriminatorWidth = 4, LatentSize = 3 };

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void Tiles_give_the_picture_that_the_whole_gives(int tile)
    {
        using UpscalerGenerator generator = Generator();
        Raster picture = Noise(23, 18, 3);

        Raster whole = new PictureUpscaler(generator, Device.Cpu, 64).Enlarge(picture, seed: 3);
        Raster tiled = new PictureUpscaler(generator, Device.Cpu, tile).Enlarge(picture, seed: 3);

        Assert.Equal((92, 72, 3), (whole.Width, whole.Height, whole.Channels));
        Assert.True(whole.Pixels.Distinct().Count() > 50);
        Assert.InRange(whole.Pixels.Zip(tiled.Pixels).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1);
    }

    // The reach is the least margin: a pixel farther away changes nothing, one that near can.
    [Fact]
    public void Nothing_beyond_the_reach_changes_a_place()
    {
        using UpscalerGenerator generator = Generator();
        Raster picture = Noise(40, 1, 3), changed = new(40, 1, 3, (byte[])picture.Pixels.Clone());
        changed.Pixels.AsSpan(0, 3).Fill(255);
        var upscaler = new PictureUpscaler(generator, Device.Cpu);

        Raster before = upscaler.Enlarge(picture, 0), after = upscaler.Enlarge(changed, 0);

        int farthest = Enumerable.Range(0, 160).Last(x => !before.Row(0).Slice(3 * x, 3).SequenceEqual(after.Row(0).Slice(3 * x, 3)));
        Assert.InRange(farthest / 4, 2, generator.Reach);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gray_and_transparent_pictures_are_taken_as_colours(int channels)
    {
        using UpscalerGenerator generator = Generator();
        Raster picture = Noise(6, 5, channels);

        Raster large = new PictureUpscaler(generator, Device.Cpu).Enlarge(picture, seed: 0);
        Raster sheet = ComparisonSheet.Of(picture, large);

        Assert.Equal((24, 20, 3), (large.Width, large.Height, large.Channels));
        Assert.Equal((2 + (3 * 26), 24), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void A_seed_is_one_picture_and_another_seed_another()
    {
        using UpscalerGenerator generator = Generator();
        var upscaler = new PictureUpscaler(generator, Device.Cpu);
        Raster picture = Noise(8, 8, 3);

        Assert.Equal(upscaler.Enlarge(picture, 1).Pixels, upscaler.Enlarge(picture, 1).Pixels);
        Assert.NotEqual(upscaler.Enlarge(picture, 1).Pixels, upscaler.Enlarge(picture, 2).Pixels);
    }

    [Fact]
    public void A_run_trains_writes_rows_of_small_enlarged_and_real_and_resumes_exactly()
    {
        TrainingConfig config = SmallRun.Plain with { Model = s_model, MicroBatchSize = 4 };
        using var whole = new SmallRun(config);
        using var parts = new SmallRun(config);

        whole.Start();
        parts.RunUntil(24);
        parts.Resume();

        SmallRun.AssertSameAt(48, whole, parts);
        Raster sheet = ImageFile.Decode(File.ReadAllBytes(whole.Directory.SamplesFile(48)));
        Assert.Equal((2 + (6 * 66), 2 + (8 * 66)), (sheet.Width, sheet.Height));
        Assert.NotEqual(File.ReadAllBytes(whole.Directory.SamplesFile(0)), File.ReadAllBytes(whole.Directory.SamplesFile(48)));
        using Generator loaded = Snapshot.Open(whole.Directory.SnapshotFile(48)).LoadGenerator();
        Assert.IsType<UpscalerGenerator>(loaded);
        Assert.Contains("sagan upscale", Assert.Throws<ConfigException>(() => PictureSampler.Draw(loaded, Device.Cpu, [new SampleRequest(0, 0)]).ToArray()).Message);
    }

    [Fact]
    public void Augmentation_is_refused_for_it_would_part_large_and_small_pictures()
    {
        var error = Assert.Throws<ConfigException>(() => (SmallRun.Plain with { Model = s_model, Augmentation = new DifferentiableAugmentation() }).Validate());

        Assert.Equal("augmentation", error.SettingPath);
    }

    private static UpscalerGenerator Generator()
    {
        using var random = new RandomSource(1);
        Generator generator = s_model.BuildGenerator(SmallRun.Images);
        generator.Initialize(random);
        generator.SetTraining(false);
        return (UpscalerGenerator)generator;
    }

    private static Raster Noise(int width, int height, int channels) => new(
        width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i * 7919 % 251))]);
}
