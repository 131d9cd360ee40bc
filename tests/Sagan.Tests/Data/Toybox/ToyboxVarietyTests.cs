using Sagan.Data.Toybox;
using Sagan.Data.Toybox.Oracle;

namespace Sagan.Tests.Data.Toybox;

public sealed class ToyboxVarietyTests
{
    [Fact]
    public void Another_seed_or_index_is_another_picture()
    {
        for (int classIndex = 0; classIndex < ToyboxPictures.ClassCount; classIndex++)
        {
            byte[] picture = Drawing.JudgedPicture(classIndex, 0, seed: 1, 32);

            Assert.True(Drawing.MeanDifference(picture, Drawing.JudgedPicture(classIndex, 1, seed: 1, 32)) > 3);
            Assert.True(Drawing.MeanDifference(picture, Drawing.JudgedPicture(classIndex, 0, seed: 2, 32)) > 3);
        }
    }

    [Fact]
    public void Classes_differ_in_where_they_cover_the_picture()
    {
        double[][] coverage = [.. Enumerable.Range(0, ToyboxPictures.ClassCount).Select(MeanCoverage)];

        for (int a = 0; a < coverage.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                double difference = coverage[a].Zip(coverage[b], (x, y) => Math.Abs(x - y)).Average();
                Assert.True(difference > 0.06, $"{ToyboxPictures.ClassNames[a]} and {ToyboxPictures.ClassNames[b]}: {difference}");
            }
        }
    }

    [Fact]
    public void Values_use_the_whole_range_in_every_channel()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 200).Select(i => Drawing.JudgedPicture(i % 10, i, seed: 4, 32))];

        for (int channel = 0; channel < 3; channel++)
        {
            double[] values = [.. pictures.SelectMany(picture => picture.Skip(channel * 32 * 32).Take(32 * 32)).Select(value => (double)value)];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));

            Assert.True(values.Min() < 60 && values.Max() > 240);
            Assert.InRange(mean, 100, 175);
            Assert.InRange(deviation, 50, 100);
        }
    }

    private static double[] MeanCoverage(int classIndex)
    {
        double[] sum = new double[24 * 24];
        for (int i = 0; i < 40; i++)
        {
            Foreground foreground = new(JudgedPicture.FromBytes(Drawing.JudgedPicture(classIndex, i, seed: 3, 32), 32));
            for (int j = 0; j < sum.Length; j++)
                sum[j] += foreground.At(new Point(((j % 24) / 11.5) - 1, ((j / 24) / 11.5) - 1)) / 40;
        }

        return sum;
    }
}
