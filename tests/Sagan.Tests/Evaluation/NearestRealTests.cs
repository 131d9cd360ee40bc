using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Imaging;
using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Tests.Evaluation;

public sealed class NearestRealTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sagan-nearest-").FullName;
    private readonly ToyboxExtractor _extractor = new();
    private readonly Dataset _real = new ToyboxConfig { PerClass = 8 }.Open();

    [Fact]
    public void A_copy_of_a_real_picture_is_found_and_called_close_and_a_new_picture_is_not()
    {
        using Dataset others = new ToyboxConfig { PerClass = 1, Seed = 77 }.Open();
        var samples = new RasterPictures("samples", [Picture(others, 0), Picture(_real, 13), Picture(others, 9)], [0, 1, 9]);

        NearestReal found = Find(samples, new DatasetPictures(_real), 3);

        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(found.IsClose));
        NearPicture copy = found.Samples[1][0];
        Assert.Equal((13, 1), (copy.Index, copy.Label));
        Assert.InRange(copy.Relative, 0, 1e-4);
        Assert.Equal([3, 3, 3], found.Samples.Select(near => near.Count));
        Assert.All(found.Samples, near => Assert.Equal(near.OrderBy(picture => picture.Distance), near));
        Assert.Equal(found.Samples[0][2].Distance / found.TypicalDistance, found.Samples[0][2].Relative, 1e-12);
    }

    [Fact]
    public void The_typical_distance_is_the_median_to_the_nearest_other()
    {
        var pictures = new RasterPictures("gray", [.. new byte[] { 0, 10, 12, 40, 200 }.Select(Gray)], new int[5]);

        NearestReal found = Find(new RasterPictures("sample", [Gray(41)], [0]), pictures, 1);

        double[] distances = [Between(0, 10), Between(10, 12), Between(10, 12), Between(12, 40), Between(40, 200)];
        Assert.Equal(distances.Order().ElementAt(2), found.TypicalDistance, 1e-5);
        Assert.Equal((3, Between(40, 41)), (found.Samples[0][0].Index, found.Samples[0][0].Distance));
    }

    [Fact]
    public void Copies_among_the_real_pictures_do_not_hide_a_copy_of_another()
    {
        Raster[] real = [Picture(_real, 0), Picture(_real, 0), .. Enumerable.Range(1, 30).Select(place => Picture(_real, place))];

        NearestReal found = Find(new RasterPictures("sample", [Picture(_real, 5)], [0]), new RasterPictures("real", real, new int[32]), 1);

        Assert.Equal(0.1 * found.TypicalDistance, found.CloseDistance, 1e-9);
        Assert.True(found.IsClose(0));
    }

    [Fact]
    public void Data_that_are_all_copies_are_refused()
    {
        var copies = new RasterPictures("copies", [.. Enumerable.Repeat(Gray(9), 6)], new int[6]);

        MetricException refused = Assert.Throws<MetricException>(() => Find(copies, copies, 1));

        Assert.Contains("copies of others", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_line_for_each_neighbour()
    {
        var samples = new RasterPictures("samples", [Picture(_real, 3)], [0]);
        string file = Path.Combine(_folder, "near.csv");

        Find(samples, new DatasetPictures(_real), 2).WriteTable(file, [41], [0]);

        string[] lines = File.ReadAllLines(file);
        Assert.Equal("seed,class,rank,real,realClass,distance,relative", lines[0]);
        Assert.StartsWith("41,0,1,3,0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("41,0,2,", lines[2], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _extractor.Dispose();
        _real.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private NearestReal Find(PictureSeries samples, PictureSeries real, int neighbours) =>
        NearestReal.Find(samples, real, _extractor, neighbours, new ReferenceCache(_folder));

    private double Between(byte one, byte other)
    {
        var collector = new FeatureCollector(_extractor, null, CancellationToken.None);
        FeatureSet rows = collector.Collect(new RasterPictures("pair", [Gray(one), Gray(other)], [0, 0]), 2, rows: true, logits: false).Rows!;
        return Math.Sqrt(SquaredDistance.Between(rows.Row(0), rows.Row(1)));
    }

    private static Raster Gray(byte value) => new(32, 32, 3, [.. Enumerable.Repeat(value, 3 * 32 * 32)]);

    private static Raster Picture(Dataset dataset, int index)
    {
        byte[] pixels = new byte[dataset.BytesPerPicture];
        dataset.Read(index, pixels);
        return Raster.FromPlanar(dataset.Width, dataset.Height, dataset.Channels, pixels);
    }
}
