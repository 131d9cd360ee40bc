using Sagan.Imaging;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Collapse;

public sealed class DiversityMeterTests
{
    [Fact]
    public void Black_and_white_are_1_apart_and_equal_pictures_0()
    {
        Assert.Equal(1, DiversityMeter.Distance([Flat(0), Flat(255)]), 1e-12);
        Assert.Equal(0, DiversityMeter.Distance([Flat(93), Flat(93), Flat(93)]));
        Assert.Equal(0, DiversityMeter.Distance([Flat(93)]));
    }

    [Fact]
    public void The_distance_is_the_root_mean_square_over_all_pairs()
    {
        Raster[] pictures = [.. Enumerable.Range(0, 5).Select(Noise)];
        double squares = 0;
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < i; j++)
                squares += pictures[i].Pixels.Zip(pictures[j].Pixels, (a, b) => Math.Pow((a - b) / 255.0, 2)).Average();
        }

        double distance = DiversityMeter.Distance(pictures);

        Assert.Equal(Math.Sqrt(squares / 10), distance, 1e-12);
    }

    [Fact]
    public void Shares_are_of_the_same_classs_real_pictures_and_the_least_is_named()
    {
        var meter = new DiversityMeter([[Flat(0), Flat(200)], [Flat(100), Flat(200)]], ["cat", "dog"], conditional: true);

        GridDiversity diversity = meter.Measure([[Flat(0), Flat(100)], [Flat(50), Flat(75)]])!;

        Assert.Equal((0.5 + 0.25) / 2, diversity.Share, 1e-12);
        Assert.Equal(("dog", 0.25), (diversity.LeastClass, diversity.Least));
    }

    [Fact]
    public void A_class_with_one_real_picture_says_nothing()
    {
        var meter = new DiversityMeter([[Flat(0)], [Flat(0), Flat(100)]], ["cat", "dog"], conditional: true);
        var none = new DiversityMeter([[Flat(0)], [Flat(100)]], ["cat", "dog"], conditional: true);

        Assert.Equal(1, meter.Measure([[Flat(0), Flat(255)], [Flat(100), Flat(0)]])!.Share, 1e-12);
        Assert.Null(none.Measure([[Flat(0), Flat(255)], [Flat(100), Flat(0)]]));
    }

    [Fact]
    public void Without_classes_a_row_is_compared_with_pictures_of_all_kinds()
    {
        var meter = new DiversityMeter([[Flat(0), Flat(0)], [Flat(255), Flat(255)]], ["cat", "dog"], conditional: false);

        GridDiversity diversity = meter.Measure([[Flat(0), Flat(0), Flat(255), Flat(255)], [Flat(0), Flat(0), Flat(255), Flat(255)]])!;

        Assert.Equal(1, diversity.Share, 1e-12);
    }

    private static Raster Flat(byte value)
    {
        var raster = new Raster(4, 4, 3);
        raster.Pixels.AsSpan().Fill(value);
        return raster;
    }

    private static Raster Noise(int seed)
    {
        var raster = new Raster(4, 4, 3);
        new Random(seed).NextBytes(raster.Pixels);
        return raster;
    }
}
