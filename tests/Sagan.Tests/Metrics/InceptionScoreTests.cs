using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class InceptionScoreTests
{
    private static readonly InceptionScoreConvention s_four = InceptionScoreConvention.OpenAi with { Splits = 4 };

    [Fact]
    public void Numbers_of_numpy_come_out()
    {
        FeatureSet logits = Doubled(SmallFeatures.Of(23, 12, 3));

        InceptionScore plain = InceptionScore.Of(logits, s_four);
        InceptionScore shuffled = InceptionScore.Of(logits, InceptionScoreConvention.TorchFidelity with { Splits = 4 });

        SmallFeatures.Near(1.863117614042019, plain.Value);
        SmallFeatures.Near(0.09955845204835037, plain.Deviation!.Value, 1e-11);
        SmallFeatures.Near(1.800219163701249, shuffled.Value);
        SmallFeatures.Near(0.12937558553060097, shuffled.Deviation!.Value, 1e-11);
    }

    [Fact]
    public void Of_pictures_that_are_all_alike_it_is_one() =>
        SmallFeatures.Near(1, InceptionScore.Of(SmallFeatures.Of(new float[20, 7])).Value);

    [Fact]
    public void Of_sure_pictures_of_all_classes_it_is_the_number_of_classes()
    {
        // So sure that the probability of any other class is zero in double precision.
        var logits = new float[1200, 5];
        for (int i = 0; i < 1200; i++)
            logits[i, i % 5] = 1000;

        SmallFeatures.Near(5, InceptionScore.Of(SmallFeatures.Of(logits), s_four).Value);
        SmallFeatures.Near(5, InceptionScore.Of(SmallFeatures.Of(logits), InceptionScoreConvention.StudioGan).Value);
    }

    [Fact]
    public void Pictures_in_the_order_of_their_classes_score_low_unless_they_are_shuffled()
    {
        var logits = new float[1000, 10];
        for (int i = 0; i < 1000; i++)
            logits[i, i / 100] = 1000;

        SmallFeatures.Near(1, InceptionScore.Of(SmallFeatures.Of(logits), InceptionScoreConvention.OpenAi).Value);
        Assert.InRange(InceptionScore.Of(SmallFeatures.Of(logits)).Value, 9, 10);
    }

    [Fact]
    public void Conventions_cut_count_and_divide_as_their_tools_do()
    {
        FeatureSet logits = Doubled(SmallFeatures.Of(23, 12, 3));
        InceptionScore all = InceptionScore.Of(logits, s_four);

        InceptionScore dropped = InceptionScore.Of(logits, s_four with { DropRemainder = true });
        InceptionScore sample = InceptionScore.Of(logits, s_four with { SampleDeviation = true });
        InceptionScore some = InceptionScore.Of(logits, s_four with { Columns = 1..11 });

        Assert.Equal(InceptionScore.Of(logits.At(Enumerable.Range(0, 20)), s_four).Value, dropped.Value);
        SmallFeatures.Near(all.Deviation!.Value * Math.Sqrt(4 / 3.0), sample.Deviation!.Value);
        Assert.NotEqual(all.Value, some.Value);
        Assert.Null(InceptionScore.Of(logits, InceptionScoreConvention.StudioGan).Deviation);
        Assert.Equal(23, all.Count);
    }

    [Fact]
    public void Too_few_pictures_and_too_few_classes_are_refused()
    {
        Assert.Equal(
            "inception score in 10 parts: 9 pictures in the generated set, 10 are needed at least; give more",
            Assert.Throws<MetricException>(() => InceptionScore.Of(SmallFeatures.Of(9, 3, 1))).Message);
        Assert.Contains(
            "looks at classes up to 1000, these logits are of 12",
            Assert.Throws<MetricException>(() => InceptionScore.Of(SmallFeatures.Of(23, 12, 3), InceptionScoreConvention.SnganProjection)).Message,
            StringComparison.Ordinal);
    }

    private static FeatureSet Doubled(FeatureSet set)
    {
        var rows = new float[set.Count, set.Width];
        for (int i = 0; i < rows.Length; i++)
            rows[i / set.Width, i % set.Width] = 2 * set.Row(i / set.Width)[i % set.Width];
        return SmallFeatures.Of(rows);
    }
}
