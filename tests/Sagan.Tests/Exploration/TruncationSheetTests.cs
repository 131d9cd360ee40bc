using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Exploration;

public sealed class TruncationSheetTests
{
    private static readonly Truncation[] s_rows = [new(0.1), new(1)];
    private static readonly SampleRequest[] s_columns = [new(0, 0), new(1, 1), new(2, 2)];

    [Fact]
    public void Each_row_is_drawn_with_statistics_of_its_own()
    {
        using Generator generator = MorphPathTests.Fresh();
        var standing = new StandingDraws(2, 8);

        byte[][] sheet = Draw(generator, standing);
        standing.Apply(generator, Device.Cpu, s_rows[1]);
        byte[][] second = [.. PictureSampler.Draw(generator, Device.Cpu, s_columns, s_rows[1]).Select(picture => picture.Pixels)];
        byte[][] otherStatistics = [.. PictureSampler.Draw(generator, Device.Cpu, s_columns, s_rows[0]).Select(picture => picture.Pixels)];

        Assert.Equal(6, sheet.Length);
        Assert.Equal(second, sheet[3..]);
        Assert.NotEqual(otherStatistics, sheet[..3]);
    }

    [Fact]
    public void Without_standing_statistics_all_rows_take_those_of_training()
    {
        using Generator generator = MorphPathTests.Fresh();

        byte[][] expected = [.. s_rows.SelectMany(row => PictureSampler.Draw(generator, Device.Cpu, s_columns, row)).Select(picture => picture.Pixels)];

        Assert.Equal(expected, Draw(generator, standing: null));
    }

    [Fact]
    public void Running_statistics_are_afterwards_what_they_were()
    {
        using Generator generator = MorphPathTests.Fresh();
        float[] before = Statistics(generator);

        Draw(generator, new StandingDraws(1, 4));
        float[] after = Statistics(generator);
        new StandingDraws(1, 4).Apply(generator, Device.Cpu, s_rows[0]);

        Assert.Equal(before, after);
        Assert.NotEqual(before, Statistics(generator));
    }

    private static byte[][] Draw(Generator generator, StandingDraws? standing) =>
        [.. new TruncationSheet(s_rows, s_columns, standing).Draw(generator, Device.Cpu).Select(picture => picture.Pixels)];

    private static float[] Statistics(Generator generator) =>
        [.. generator.SelfAndDescendants().OfType<BatchStatistics>().SelectMany(one => one.State()).SelectMany(entry => entry.Value.Value.ToArray<float>())];
}
