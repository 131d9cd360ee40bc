using System.Text;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Data;

public sealed class DatasetReportTests
{
    [Fact]
    public void Everything_questionable_is_named()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 60; i++)
            folder.PutPng($"images/cat/{i:D2}.png", TestPictures.Noise(32, 32, 3, seed: i));
        for (int i = 0; i < 5; i++)
            folder.PutPng($"images/dog/{i}.png", TestPictures.Noise(40, 32, 1, seed: i));
        folder.PutPng("images/dog/copy.png", TestPictures.Noise(32, 32, 3, seed: 7));
        folder.Put("images/dog/text.jpg", Encoding.ASCII.GetBytes("text"));

        DatasetReport report = Report(folder.Data);

        Assert.Equal([new ClassCount("cat", 60), new ClassCount("dog", 6)], report.Classes);
        Assert.Equal([new SizeCount(32, 32, 61), new SizeCount(40, 32, 5)], report.Sizes);
        Assert.Equal([new ModeCount("colour", 61), new ModeCount("gray", 5)], report.Modes);
        Assert.Equal("images/dog/text.jpg", Assert.Single(report.Bad).Name);
        DuplicatePictures twice = Assert.Single(report.Duplicates);
        Assert.Equal(["images/cat/07.png", "images/dog/copy.png"], twice.Names);
        Assert.True(twice.AcrossClasses);
        AssertWarnings(
            report, "extra folder level", "1 pictures cannot be decoded", "1 classes have fewer than 50", "2 sizes", "2 colour modes",
            "1 pictures occur more than once", "several classes");
    }

    [Fact]
    public void A_strong_imbalance_and_a_single_class_are_warned_of()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 551; i++)
            folder.PutPng($"a/{i:D3}.png", TestPictures.Noise(4, 4, 1, seed: i));
        using (var alone = new TemporaryFolder())
        {
            alone.PutPng("1.png", new Raster(4, 4, 1));
            AssertWarnings(Report(alone.Data), "only one class", "fewer than 50");
        }

        for (int i = 0; i < 55; i++)
            folder.PutPng($"b/{i:D3}.png", TestPictures.Noise(4, 4, 1, seed: 1000 + i));

        AssertWarnings(Report(folder.Data), "unbalanced: a has 551 pictures, b has 55");
    }

    [Fact]
    public void The_contact_sheet_has_a_row_for_each_class()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", TestPictures.Constant(32, 32, 1, 90));
        for (int i = 0; i < 12; i++)
            folder.PutPng($"b/{i:D2}.png", TestPictures.Constant(32, 32, 1, (byte)(100 + i)));

        Raster sheet = Report(folder.Data).ContactSheet!;

        // Labels of one character take 5 + 6 pixels; a cell 64 + 2.
        Assert.Equal((11 + 2 + (10 * 66), 2 + (2 * 66)), (sheet.Width, sheet.Height));
        int firstCell = 3 * (11 + 2 + 32);
        Assert.Equal(90, sheet.Row(34)[firstCell]);
        Assert.Equal(0, sheet.Row(34)[firstCell + (3 * 66)]);
        Assert.Equal(100, sheet.Row(100)[firstCell]);
        Assert.Equal(109, sheet.Row(100)[firstCell + (3 * 9 * 66)]);
    }

    private static DatasetReport Report(string path)
    {
        using PictureSource source = PictureSources.Open(path);
        return DatasetReport.Create(source);
    }

    private static void AssertWarnings(DatasetReport report, params string[] parts)
    {
        Assert.Equal(parts.Length, report.Warnings.Count);
        Assert.All(parts.Zip(report.Warnings), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }
}
