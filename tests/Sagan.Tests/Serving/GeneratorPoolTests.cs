using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Serving;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Serving;

public sealed class GeneratorPoolTests : IDisposable
{
    private static readonly GeneratorPoolOptions s_small = new() { ThreadsPerSlot = 1 };

    // Comparisons with what this thread draws ask for as many threads here.
    private readonly int _threads = Torch.Threads;

    public GeneratorPoolTests() => Torch.Threads = 1;

    public void Dispose() => Torch.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Equal_seeds_give_equal_pictures_whoever_asks_for_what_beside_them(int slots)
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_small with { Slots = slots });
        Wish[] wishes = [.. Enumerable.Range(0, 24).Select(i => new Wish(i % 5, i / 5, i % 3 == 0 ? 0.5 : null))];
        byte[][] alone = [.. wishes.Select(wish => network.Draw(wish.Seed, wish.Label, wish.Threshold is { } threshold ? new Truncation(threshold) : null))];

        byte[][][] callers = await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(() => AskShuffled(pool, wishes, new Random(caller)))));

        Assert.All(callers, pictures => Assert.Equal(alone, pictures));
        Assert.Equal(wishes.Length, alone.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public async Task A_picture_is_the_one_that_is_drawn_without_a_pool()
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_small);

        Raster plain = await pool.DrawAsync("class 4", 9);
        Raster truncated = await pool.DrawAsync("4", 9, truncation: 0.3);
        Raster inTurn = await pool.DrawAsync(null, 14);

        Assert.Equal(network.Draw(9, 4), plain.Pixels);
        Assert.Equal(network.Draw(9, 4, new Truncation(0.3)), truncated.Pixels);
        Assert.Equal(network.Draw(14, 4), inTurn.Pixels);
        Assert.NotEqual(plain.Pixels, truncated.Pixels);
    }

    [Fact]
    public async Task A_png_tells_what_it_shows()
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_small);

        byte[] png = await pool.DrawPngAsync("class 4", 9, truncation: 0.3);

        Assert.Equal(network.Draw(9, 4, new Truncation(0.3)), PngCodec.Decode(png).Pixels);
        IReadOnlyDictionary<string, string> texts = PngCodec.ReadTexts(png);
        Assert.Equal(("9", "4 class 4", "0.3 resample"), (texts["sagan:seed"], texts["sagan:class"], texts["sagan:truncation"]));
        Assert.Equal("network.safetensors at 5 images", texts["sagan:model"]);
    }

    [Fact]
    public async Task Statistics_by_truncation_do_not_outlive_the_picture_they_were_chosen_for()
    {
        var model = new BigGanDeepConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, LatentSize = 8, TruncationTable = new TruncationTable { Rows = 3 } };
        using var network = new DrawingNetwork(model);
        using var pool = GeneratorPool.Open(network.Path, s_small);

        Raster before = await pool.DrawAsync("1", 2);
        Raster truncated = await pool.DrawAsync("1", 2, truncation: 0.4);
        Raster after = await pool.DrawAsync("1", 2);

        Assert.Equal(network.Draw(2, 1, new Truncation(0.4, TruncationMode.Scale)), truncated.Pixels);
        Assert.NotEqual(before.Pixels, truncated.Pixels);
        Assert.Equal(before.Pixels, after.Pixels);
    }

    [Fact]
    public async Task A_network_without_classes_draws_when_none_is_asked_for()
    {
        using var network = new DrawingNetwork(new SelfAttentionGanConfig { Conditional = false, LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 });
        using var pool = GeneratorPool.Open(network.Path, s_small);

        Raster picture = await pool.DrawAsync(null, 9);

        Assert.Empty(pool.Classes);
        Assert.Equal(network.Draw(9, 0), picture.Pixels);
        UnknownClassException error = await Assert.ThrowsAsync<UnknownClassException>(() => pool.DrawAsync("cat", 9));
        Assert.Equal("there is no class 'cat'; this network was trained without classes: leave the class out", error.Message);
    }

    [Theory]
    [InlineData("cta")]
    [InlineData("10")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task An_unknown_class_is_answered_with_those_there_are(string className)
    {
        using var network = new DrawingNetwork(classNames: ["cat", "dog", .. Enumerable.Range(2, 8).Select(i => $"c{i}")]);
        using var pool = GeneratorPool.Open(network.Path, s_small);

        UnknownClassException error = await Assert.ThrowsAsync<UnknownClassException>(() => pool.DrawAsync(className, 0));

        Assert.Equal($"there is no class '{className}'; there are cat, dog, c2, c3, c4, c5, c6, c7, c8, c9", error.Message);
    }

    [Fact]
    public async Task Seeds_and_truncations_out_of_range_are_refused()
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_small);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.DrawAsync("0", -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.DrawAsync("0", PictureSampler.LargestSeed + 1));
        await Assert.ThrowsAsync<ConfigException>(() => pool.DrawAsync("0", 1, truncation: 0));
        await Assert.ThrowsAsync<ConfigException>(() => pool.DrawAsync("0", 1, truncation: double.NaN));
        Assert.Equal(network.Draw(PictureSampler.LargestSeed, 0), (await pool.DrawAsync("0", PictureSampler.LargestSeed)).Pixels);
    }

    [Fact]
    public void What_cannot_be_opened_is_told_and_leaves_nothing_behind()
    {
        using var network = new DrawingNetwork();
        using var upscaler = new DrawingNetwork(new UpscalerConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 });

        Assert.Throws<FileNotFoundException>(() => GeneratorPool.Open(network.Path + "s"));
        Assert.Equal("slots: 0: at least 1", Assert.Throws<ConfigException>(() => GeneratorPool.Open(network.Path, new() { Slots = 0 })).Message);
        Assert.Throws<ConfigException>(() => GeneratorPool.Open(network.Path, new() { ThreadsPerSlot = 0 }));
        Assert.Throws<ConfigException>(() => GeneratorPool.Open(network.Path, new() { MostWaiting = 0 }));
        Assert.StartsWith("network: ", Assert.Throws<ConfigException>(() => GeneratorPool.Open(upscaler.Path)).Message, StringComparison.Ordinal);
    }

    // All at once, in an order of the caller's own; the pictures come back in the order of the wishes.
    private static async Task<byte[][]> AskShuffled(GeneratorPool pool, Wish[] wishes, Random random)
    {
        int[] order = [.. Enumerable.Range(0, wishes.Length)];
        random.Shuffle(order);
        var pictures = new byte[wishes.Length][];
        await Task.WhenAll(order.Select(async i => pictures[i] = (await pool.DrawAsync($"class {wishes[i].Label}", wishes[i].Seed, wishes[i].Threshold)).Pixels));
        return pictures;
    }

    private sealed record Wish(int Label, long Seed, double? Threshold);
}
