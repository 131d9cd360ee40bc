using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class NearestNeighboursTests
{
    [Theory]
    [InlineData(2100, 3, 4)]
    [InlineData(1030, 40, 1)]
    [InlineData(50, 8, 49)]
    public void Neighbours_inside_a_set_are_those_of_all_distances(int count, int width, int kept)
    {
        FeatureSet set = SmallFeatures.Normal(count, width, seed: 3, offset: 7);

        NearestNeighbours found = NearestNeighbours.Within(set, kept);

        for (int i = 0; i < count; i += 97)
            Assert.Equal(Sorted(set.Row(i).ToArray(), set).Where(other => other.Index != i).Take(kept), found.Of(i).ToArray());
    }

    [Fact]
    public void Neighbours_in_another_set_are_those_of_all_distances()
    {
        FeatureSet queries = SmallFeatures.Normal(1100, 5, seed: 3), references = SmallFeatures.Normal(1300, 5, seed: 4);

        NearestNeighbours found = NearestNeighbours.Between(queries, references, 6);

        for (int i = 0; i < queries.Count; i += 97)
            Assert.Equal(Sorted(queries.Row(i).ToArray(), references).Take(6), found.Of(i).ToArray());
    }

    [Fact]
    public void Distances_far_below_single_precision_are_told_apart()
    {
        // Around 1000 single precision has steps of 6e-5, whose squares drown in products of a million.
        var rows = new float[300, 64];
        for (int i = 0; i < 300; i++)
        {
            for (int j = 0; j < 64; j++)
                rows[i, j] = (j % 2 == 0 ? 1000 : -1000) + (j == 5 ? i * i * 6.1035156e-5f : 0) + (i == 299 ? 3000 : 0);
        }

        FeatureSet set = SmallFeatures.Of(rows);

        NearestNeighbours found = NearestNeighbours.Within(set, 2);

        for (int i = 0; i < 300; i++)
            Assert.Equal(Sorted(set.Row(i).ToArray(), set).Where(other => other.Index != i).Take(2), found.Of(i).ToArray());
    }

    [Fact]
    public void Equal_pictures_are_neighbours_of_one_another_and_the_first_come_first()
    {
        NearestNeighbours found = NearestNeighbours.Within(SmallFeatures.Of(new float[1500, 4]), 3);

        Assert.Equal([0, 1, 2], found.Of(1499).ToArray().Select(neighbour => neighbour.Index));
        Assert.Equal([1, 2, 3], found.Of(0).ToArray().Select(neighbour => neighbour.Index));
        Assert.All(found.Of(700).ToArray(), neighbour => Assert.Equal(0, neighbour.SquaredDistance));
    }

    [Fact]
    public void Features_whose_squares_overflow_are_compared_all_the_same()
    {
        NearestNeighbours found = NearestNeighbours.Within(SmallFeatures.Line(3e30f, -3e30f, 2e30f, 0), 1);

        Assert.Equal([2, 3, 0, 2], Enumerable.Range(0, 4).Select(i => found.Of(i)[0].Index));
    }

    [Fact]
    public void A_set_must_have_so_many_others() => Assert.Equal(
        "3 nearest neighbours: 3 pictures in the feature set, 4 are needed at least; give more",
        Assert.Throws<MetricException>(() => NearestNeighbours.Within(SmallFeatures.Line(1, 2, 3), 3)).Message);

    private static IEnumerable<Neighbour> Sorted(float[] query, FeatureSet set) => Enumerable.Range(0, set.Count)
        .Select(i => new Neighbour(i, SquaredDistance.Between(query, set.Row(i))))
        .OrderBy(neighbour => neighbour.SquaredDistance)
        .ThenBy(neighbour => neighbour.Index);
}
