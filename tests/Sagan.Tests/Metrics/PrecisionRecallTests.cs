using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class PrecisionRecallTests
{
    [Theory]
    [InlineData(1, 18, 30, 27, 18)]
    [InlineData(5, 30, 39, 153, 40)]
    public void Numbers_of_scikit_learn_come_out(int neighbours, int precise, int recalled, int pairs, int covered)
    {
        FeatureSet real = SmallFeatures.Of(40, 6, 1), generated = SmallFeatures.Of(30, 6, 2);
        var expected = new PrecisionRecall(neighbours, Border.Outside, 40, 30, precise, recalled, pairs, covered);

        Assert.Equal(expected, PrecisionRecall.Between(real, generated, neighbours));
        Assert.Equal(expected with { Border = Border.Inside }, PrecisionRecall.Between(real, generated, neighbours, Border.Inside));
        Assert.Equal(expected, PrecisionRecall.Between(NearestNeighbours.Within(real, 7), NearestNeighbours.Within(generated, 6), neighbours));
    }

    [Fact]
    public void Points_on_a_line_are_counted_by_hand()
    {
        // Radii of the real ones 1, 1, 2, 5; of the generated ones 0.5, 0.5, 7.5.
        PrecisionRecall result = PrecisionRecall.Between(SmallFeatures.Line(0, 1, 3, 8), SmallFeatures.Line(1.5f, 2, 9.5f), neighbours: 1);

        // 1.5 lies within 1 of 1, within 2 of 3; 2 within 2 of 3 (and at the border of 1's); 9.5 within 5 of 8.
        Assert.Equal((3, 4L, 3), (result.PreciseCount, result.PairCount, result.CoveredCount));
        // 3 and 8 lie within 7.5 of 9.5; 1 at the border of 1.5's; 2.5 would be needed for more.
        Assert.Equal(2, result.RecalledCount);
        Assert.Equal((1.0, 0.5, 4 / 3.0, 0.75), (result.Precision, result.Recall, result.Density, result.Coverage));
    }

    [Fact]
    public void The_border_counts_where_it_is_told_to()
    {
        FeatureSet real = SmallFeatures.Line(0, 1, 3, 8), generated = SmallFeatures.Line(1.5f, 2, 9.5f);

        PrecisionRecall result = PrecisionRecall.Between(real, generated, 1, Border.Inside);

        Assert.Equal((3, 5L, 3), (result.PreciseCount, result.PairCount, result.CoveredCount));
        Assert.Equal(3, result.RecalledCount);
    }

    [Fact]
    public void Equal_sets_of_equal_pictures_differ_by_the_border_alone()
    {
        FeatureSet equal = SmallFeatures.Line(1, 1, 1, 1);

        PrecisionRecall outside = PrecisionRecall.Between(equal, equal, 2), inside = PrecisionRecall.Between(equal, equal, 2, Border.Inside);

        Assert.Equal((0.0, 0.0, 0.0, 0.0), (outside.Precision, outside.Recall, outside.Density, outside.Coverage));
        Assert.Equal((1.0, 1.0, 2.0, 1.0), (inside.Precision, inside.Recall, inside.Density, inside.Coverage));
    }

    [Fact]
    public void Precision_is_of_the_generated_and_recall_of_the_real_ones()
    {
        // The generator makes one cluster of the two that there are.
        FeatureSet real = SmallFeatures.Line(0, 1, 2, 100, 101, 102), generated = SmallFeatures.Line(0.5f, 1.5f, 1);

        PrecisionRecall result = PrecisionRecall.Between(real, generated, 2);

        Assert.Equal(1, result.Precision);
        Assert.Equal(0.5, result.Recall);
        Assert.Equal(0.5, result.Coverage);
    }

    [Fact]
    public void Several_tiles_count_as_pairs_one_by_one_do()
    {
        FeatureSet real = SmallFeatures.Normal(1500, 4, seed: 1), generated = SmallFeatures.Normal(1200, 4, seed: 2, offset: 0.3f);
        NearestNeighbours realOnes = NearestNeighbours.Within(real, 3), generatedOnes = NearestNeighbours.Within(generated, 3);
        int precise = 0, recalled = 0, covered = 0;
        long pairs = 0;
        for (int j = 0; j < generated.Count; j++)
        {
            int holders = Enumerable.Range(0, real.Count).Count(i => Distance(i, j) < realOnes.Of(i)[2].SquaredDistance);
            pairs += holders;
            precise += holders > 0 ? 1 : 0;
        }

        for (int i = 0; i < real.Count; i++)
        {
            recalled += Enumerable.Range(0, generated.Count).Any(j => Distance(i, j) < generatedOnes.Of(j)[2].SquaredDistance) ? 1 : 0;
            covered += Enumerable.Range(0, generated.Count).Any(j => Distance(i, j) < realOnes.Of(i)[2].SquaredDistance) ? 1 : 0;
        }

        Assert.Equal(new PrecisionRecall(3, Border.Outside, 1500, 1200, precise, recalled, pairs, covered), PrecisionRecall.Between(real, generated, 3));

        double Distance(int i, int j) => SquaredDistance.Between(real.Row(i), generated.Row(j));
    }

    [Fact]
    public void Too_few_pictures_and_other_extractors_are_refused()
    {
        FeatureSet set = SmallFeatures.Line(1, 2, 3, 4);

        Assert.Contains("5 nearest neighbours: 4 pictures", Assert.Throws<MetricException>(() => PrecisionRecall.Between(set, set)).Message, StringComparison.Ordinal);
        Assert.Contains("different extractors", Assert.Throws<MetricException>(() => PrecisionRecall.Between(set, SmallFeatures.Of(9, 2, 1), 1)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 neighbours are wanted and 1 known",
            Assert.Throws<MetricException>(() => PrecisionRecall.Between(NearestNeighbours.Within(set, 1), NearestNeighbours.Within(set, 3), 2)).Message,
            StringComparison.Ordinal);
    }
}
