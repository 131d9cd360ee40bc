using System.Text.Json.Nodes;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Collapse;

/// <summary>Each sign from the lines of a made-up log: when it speaks, what it says, and when it keeps still.</summary>
public sealed class SentinelTests
{
    private static readonly CollapseConfig s_config = new() { PatienceUpdates = 0 };

    [Fact]
    public void A_fall_of_diversity_is_told_once_with_both_numbers_and_a_cure()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        CollapseWarning[] warnings = [.. new[] { 0.5, 0.81, 0.78, 0.3, 0.2 }.SelectMany((value, i) => sentinel.Look(Snapshot(i, value)))];

        CollapseWarning warning = Assert.Single(warnings);
        Assert.Equal((CollapseCause.Diversity, 3L, true), (warning.Cause, warning.Images, warning.IsCollapse));
        Assert.Contains("fell from 0.81 to 0.30", warning.Message, StringComparison.Ordinal);
        Assert.Contains("what helps", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_that_is_more_varied_than_real_pictures_is_no_height_to_fall_from()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        Assert.Empty(new[] { 2.5, 2.0, 0.7, 0.5, 0.45 }.SelectMany((value, i) => sentinel.Look(Snapshot(i, value))));
    }

    [Theory]
    [InlineData(1599, 0)]
    [InlineData(1600, 1)]
    public void A_generator_that_never_grew_diverse_is_told_of_after_its_patience(long images, int warnings)
    {
        var sentinel = new Sentinel(new CollapseConfig { PatienceUpdates = 100 }, updateImages: 16);

        Assert.Equal(warnings, sentinel.Look(Snapshot(images, 0.05)).Count);
    }

    [Fact]
    public void One_poor_class_is_told_of_by_name_and_is_no_collapse()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        CollapseWarning warning = Assert.Single(sentinel.Look(Snapshot(10, 0.8, leastClass: "flag", least: 0.02)));

        Assert.Equal((CollapseCause.ClassDiversity, false), (warning.Cause, warning.IsCollapse));
        Assert.Contains("'flag'", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collapse_of_most_classes_does_not_name_one()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        Assert.Equal(CollapseCause.Diversity, Assert.Single(sentinel.Look(Snapshot(10, 0.03, leastClass: "flag", least: 0.02))).Cause);
    }

    [Fact]
    public void A_leap_of_a_singular_value_over_its_running_median_names_the_layer()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);
        for (int i = 0; i < 15; i++)
            Assert.Empty(sentinel.Look(Tick(i, sigmas: [("block1.conv1", 2 + (0.1 * (i % 3))), ("linear", 1)])));

        CollapseWarning warning = Assert.Single(sentinel.Look(Tick(15, sigmas: [("block1.conv1", 6.5), ("linear", 1)])));

        Assert.Equal((CollapseCause.SpectralGrowth, false), (warning.Cause, warning.IsCollapse));
        Assert.Contains("generator.block1.conv1 is 6.5, 3.1 times its running median 2.1", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(30.0)]
    public void Singular_values_that_grow_evenly_from_nothing_are_no_leap(double step)
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        Assert.Empty(Enumerable.Range(1, 100).SelectMany(i => sentinel.Look(Tick(i, sigmas: [("conv", step * i)]))));
    }

    [Fact]
    public void A_discriminator_that_is_too_sure_three_ticks_long_is_told_of()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        int[] counts = [.. Enumerable.Range(0, 4).Select(i => sentinel.Look(Tick(i, margin: 14, loss: 0.001)).Count)];

        Assert.Equal([0, 0, 1, 0], counts);
    }

    // A Wasserstein critic: its loss is minus the margin.
    [Theory]
    [InlineData(40, -40)]
    [InlineData(4, 0.001)]
    [InlineData(-40, -40)]
    public void A_wide_margin_whose_loss_still_pulls_or_a_small_one_is_no_saturation(double margin, double loss)
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        Assert.Empty(Enumerable.Range(0, 10).SelectMany(i => sentinel.Look(Tick(i, margin, loss))));
    }

    [Fact]
    public void Logits_the_wrong_way_round_are_told_of()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        CollapseWarning warning = Assert.Single(Enumerable.Range(0, 3).SelectMany(i => sentinel.Look(Tick(i, margin: -12, loss: 9))));

        Assert.Contains("takes generated pictures for real", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overfitting_takes_two_snapshots_in_a_row()
    {
        var sentinel = new Sentinel(s_config, updateImages: 8);

        CollapseWarning[][] told = [.. new[] { 0.8, 0.5, 0.75, 0.9 }.Select((gap, i) => sentinel.Look(Snapshot(i, 1, gap: gap)).ToArray())];

        Assert.Equal([0, 0, 0, 1], told.Select(warnings => warnings.Length));
        Assert.Equal(CollapseCause.Overfitting, told[3][0].Cause);
    }

    [Fact]
    public void A_sentinel_that_replays_a_log_goes_on_like_the_one_that_wrote_it()
    {
        var whole = new Sentinel(s_config, updateImages: 8);
        var resumed = new Sentinel(s_config, updateImages: 8);
        var log = new List<JsonObject>();
        for (int i = 0; i < 30; i++)
        {
            JsonObject line = i % 3 == 2 ? Snapshot(i, i < 14 ? 0.9 : 0.1) : Tick(i, sigmas: [("conv", i)]);
            log.Add(line);
            log.AddRange(whole.Look(line).Select(warning => warning.ToJson()));
        }

        resumed.Replay(log.Select(line => JsonNode.Parse(line.ToJsonString())!.AsObject()));

        Assert.Contains(log, line => CollapseWarning.Of(line)?.Cause == CollapseCause.Diversity);
        Assert.Empty(resumed.Look(Snapshot(40, 0.1)));
        JsonObject leap = Tick(41, sigmas: [("conv", 1000)]);
        Assert.Equal(whole.Look(leap), resumed.Look(leap));
    }

    private static JsonObject Snapshot(long images, double diversity, string leastClass = "ring", double? least = null, double? gap = null) => new()
    {
        ["event"] = "snapshot",
        ["images"] = images,
        ["diversity"] = diversity,
        ["leastClass"] = leastClass,
        ["leastDiversity"] = least ?? diversity,
        ["overfittingGap"] = gap,
    };

    private static JsonObject Tick(long images, double margin = 0, double loss = 1, params (string Layer, double Value)[] sigmas) => new()
    {
        ["images"] = images,
        ["margin"] = margin,
        ["lossD"] = loss,
        ["sigmaG"] = new JsonObject(sigmas.Select(sigma => KeyValuePair.Create<string, JsonNode?>(sigma.Layer, sigma.Value))),
        ["sigmaD"] = new JsonObject(),
    };
}
