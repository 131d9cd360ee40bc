using Sagan.Models;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class KeepPolicyTests
{
    [Fact]
    public void By_default_the_newest_two_stay()
    {
        Assert.Equal([100, 200], new KeepPolicy().Expendable([400, 100, 300, 200]));
        Assert.Empty(new KeepPolicy().Expendable([100, 200]));
    }

    [Fact]
    public void The_first_at_or_after_every_multiple_stays_besides()
    {
        var policy = new KeepPolicy { Last = 1, EveryImages = 100 };

        Assert.Equal([30, 60, 90, 150, 180], policy.Expendable([30, 60, 90, 120, 150, 180, 210, 240]));
        Assert.Equal([0, 250], policy.Expendable([0, 100, 200, 250, 300, 310]));
    }

    [Fact]
    public void Pruning_as_one_goes_leaves_the_first_after_every_multiple()
    {
        var policy = new KeepPolicy { Last = 2, EveryImages = 100 };
        List<long> there = [];

        for (long images = 30; images <= 600; images += 30)
        {
            there.Add(images);
            there = [.. there.Except(policy.Expendable(there).ToArray())];
        }

        Assert.Equal([120, 210, 300, 420, 510, 570, 600], there);
    }

    [Theory]
    [InlineData("last=3", 3, null)]
    [InlineData("every=100k", 2, 100_000L)]
    [InlineData("last=5, every=1.5m", 5, 1_500_000L)]
    [InlineData("", 2, null)]
    public void Text_is_read(string text, int last, long? every)
    {
        Assert.Equal(new KeepPolicy { Last = last, EveryImages = every }, KeepPolicy.Parse(text));
    }

    [Theory]
    [InlineData("last")]
    [InlineData("last=-1")]
    [InlineData("last=two")]
    [InlineData("every=0")]
    [InlineData("newest=3")]
    public void Other_text_is_refused_with_the_part_at_fault_and_an_example(string text)
    {
        var error = Assert.Throws<ConfigException>(() => KeepPolicy.Parse("every=10k," + text));

        Assert.Contains($"'{text}'", error.Message);
        Assert.Contains("last=3,every=100k", error.Message);
    }
}
