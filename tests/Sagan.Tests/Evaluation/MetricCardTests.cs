using System.Text.Json.Nodes;
using Sagan.Evaluation;
using Sagan.Metrics;
using Sagan.Tests.Data;

namespace Sagan.Tests.Evaluation;

public class MetricCardTests
{
    private static readonly MetricCard s_card = new()
    {
        Metric = "fid10k_full",
        Values = new Dictionary<string, double> { ["fid"] = 12.5 },
        Extractor = "inception-2015-12-05",
        Resize = "torch-fidelity",
        Weights = "ab",
        Data = "cifar10",
        DataFingerprint = "f1",
        RealCount = 50_000,
        Generated = "run 1",
        GeneratedCount = 10_000,
        Images = 100,
        Ema = true,
        BatchNorm = "running",
        Seed = 0,
    };

    public static TheoryData<string, MetricCard> Unlike { get; } = new()
    {
        { "metric is fid10k_full", s_card with { Metric = "fid5k_full" } },
        { "extractor is inception-2015-12-05", s_card with { Extractor = "classifier" } },
        { "resize is torch-fidelity", s_card with { Resize = "clean-fid" } },
        { "weights is ab", s_card with { Weights = "cd" } },
        { "convention is none", s_card with { Convention = "prdc" } },
        { "data is f1", s_card with { DataFingerprint = "f2" } },
        { "realCount is 50000", s_card with { RealCount = 10_000 } },
        { "generatedCount is 10000", s_card with { GeneratedCount = 9_999 } },
        { "batchNorm is running", s_card with { BatchNorm = "standing, 16 batches of 64" } },
        { "truncation is none", s_card with { Truncation = "0.5 resample" } },
    };

    [Theory]
    [MemberData(nameof(Unlike))]
    public void Unlike_cards_are_not_compared_and_the_field_is_named(string problem, MetricCard other) =>
        Assert.Contains(problem, Assert.Throws<MetricException>(() => s_card.RequireComparable(other)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cards_of_other_networks_clocks_and_seeds_are_compared() =>
        s_card.RequireComparable(s_card with { Generated = "run 2", Images = 200, Seed = 1, Ema = false, Repeats = 3, Version = "9" });

    [Fact]
    public void A_file_of_cards_comes_back()
    {
        using var folder = new TemporaryFolder();
        CardFile.Write(folder.At("cards.jsonl"), [s_card, s_card with { Values = new Dictionary<string, double> { ["is"] = double.NaN } }]);

        IReadOnlyList<MetricCard> cards = CardFile.Read(folder.At("cards.jsonl"));

        Assert.Equal(12.5, cards[0].Value);
        Assert.True(double.IsNaN(cards[1].Value));
        Assert.Equal(s_card.ToJson().ToJsonString(), cards[0].ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"format\":\"sagan-metric-9\"}")]
    public void What_is_no_card_is_refused_with_the_file(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("cards.jsonl"), text);

        Assert.Contains("cards.jsonl: ", Assert.Throws<MetricException>(() => CardFile.Read(folder.At("cards.jsonl"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_format_is_told()
    {
        JsonObject json = s_card.ToJson();
        json["format"] = "sagan-metric-9";

        Assert.Contains("its format is 'sagan-metric-9'", Assert.Throws<MetricException>(() => MetricCard.FromJson(json)).Message, StringComparison.Ordinal);
    }
}
