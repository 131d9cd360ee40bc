using Sagan.Data;

namespace Sagan.Tests.Data;

public sealed class ShuffleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4097)]
    public void Every_epoch_shows_each_picture_once(int count)
    {
        var shuffle = new Shuffle(count, seed: 5);

        for (long epoch = 0; epoch < 3; epoch++)
        {
            var shown = Enumerable.Range(0, count).Select(i => shuffle.At((epoch * count) + i)).ToList();
            Assert.All(shown, one => Assert.Equal(epoch, one.Epoch));
            Assert.Equal(Enumerable.Range(0, count), shown.Select(one => one.Index).Order());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream_from_any_position()
    {
        var first = new Shuffle(1000, seed: 11);
        var second = new Shuffle(1000, seed: 11);
        List<int> stream = [.. Enumerable.Range(0, 2500).Select(p => first.At(p).Index)];

        List<int> continued = [.. Enumerable.Range(1700, 800).Select(p => second.At(p).Index)];

        Assert.Equal(stream[1700..], continued);
    }

    [Fact]
    public void Epochs_and_seeds_differ()
    {
        var shuffle = new Shuffle(1000, seed: 1);
        var other = new Shuffle(1000, seed: 2);

        int sameInNextEpoch = Enumerable.Range(0, 1000).Count(p => shuffle.At(p).Index == shuffle.At(p + 1000).Index);
        int sameInOtherSeed = Enumerable.Range(0, 1000).Count(p => shuffle.At(p).Index == other.At(p).Index);

        // Two random permutations agree at one place on average, at ten with a chance of 1 in 10 million.
        Assert.InRange(sameInNextEpoch, 0, 10);
        Assert.InRange(sameInOtherSeed, 0, 10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Every_picture_is_equally_likely_to_come_first(int count)
    {
        var shuffle = new Shuffle(count, seed: 3);
        int[] first = new int[count];
        int epochs = 100 * count;

        for (long epoch = 0; epoch < epochs; epoch++)
            first[shuffle.At(epoch * count).Index]++;

        // Chi-square with count - 1 degrees of freedom: mean count - 1, deviation sqrt(2 (count - 1)).
        double chiSquare = first.Sum(n => (n - 100.0) * (n - 100.0) / 100.0);
        Assert.InRange(chiSquare, 0, count - 1 + (5 * Math.Sqrt(2 * (count - 1))));
    }

    [Fact]
    public void Neighbours_do_not_stay_neighbours()
    {
        var shuffle = new Shuffle(10_000, seed: 4);

        int neighbours = Enumerable.Range(0, 9_999).Count(p => Math.Abs(shuffle.At(p).Index - shuffle.At(p + 1).Index) == 1);

        // Two on average, Poisson distributed.
        Assert.InRange(neighbours, 0, 12);
    }
}
