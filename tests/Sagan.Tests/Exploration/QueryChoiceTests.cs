using Sagan.Exploration;
using Sagan.Layers;

namespace Sagan.Tests.Exploration;

public sealed class QueryChoiceTests
{
    [Fact]
    public void Each_way_of_looking_is_chosen_before_one_is_chosen_twice()
    {
        // The four quarters of the map look at four keys; one of them less decidedly than the others.
        AttentionMap map = Map(position => (position % 4 / 2) + (2 * (position / 8)), key => key == 3 ? 0.7f : 0.97f);

        IReadOnlyList<QueryPoint> chosen = QueryChoice.Farthest([map], 4, 16, 16);

        Assert.Equal([0, 1, 2, 3], chosen.Select(query => (query.X / 8) + (2 * (query.Y / 8))).Order());
    }

    [Fact]
    public void No_place_is_chosen_twice_though_all_look_alike()
    {
        IReadOnlyList<QueryPoint> chosen = QueryChoice.Farthest([Map(_ => 0, _ => 1)], 99, 16, 16);

        Assert.Equal(16, chosen.Distinct().Count());
    }

    [Fact]
    public void Places_are_in_the_middle_of_positions_and_lead_back_to_them()
    {
        AttentionMap map = Map(_ => 0, _ => 1);

        for (int position = 0; position < 16; position++)
            Assert.Equal(position, QueryPoint.MiddleOf(position, 4, 4, 30, 30).PositionIn(map, 30, 30));
        Assert.Equal(new QueryPoint(2, 2), QueryPoint.MiddleOf(0, 4, 4, 16, 16));
        Assert.Equal(new QueryPoint(14, 6), QueryPoint.MiddleOf(7, 4, 4, 16, 16));
    }

    /// <summary>4x4 positions that look at 2x2 keys.</summary>
    private static AttentionMap Map(Func<int, int> target, Func<int, float> weight)
    {
        float[] weights = new float[16 * 4];
        for (int position = 0; position < 16; position++)
        {
            for (int key = 0; key < 4; key++)
                weights[(position * 4) + key] = key == target(position) ? weight(key) : (1 - weight(target(position))) / 3;
        }

        return new AttentionMap("generator.attention4", 4, 4, 2, 2, weights);
    }
}
