using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Exploration;

namespace Sagan.Tests.Evaluation;

public sealed class DrawnDatasetTests
{
    private static readonly string[] s_names = [.. Enumerable.Range(0, 10).Select(label => $"class {label}")];

    [Fact]
    public void It_has_as_many_pictures_of_each_class_as_the_network_draws_of_it()
    {
        using Generator generator = MorphPathTests.Fresh();
        DrawnPictures pictures = Pictures(generator);
        using var dataset = new DrawnDataset(pictures, generator.Images, 3);

        byte[] read = new byte[dataset.BytesPerPicture];
        dataset.Read(22, read);
        byte[] drawn = pictures.OfClass(7).Read(3).Single().Pixels;

        Assert.Equal((30, 10), (dataset.Count, dataset.ClassNames.Count));
        Assert.Equal(Enumerable.Range(0, 30).Select(index => index / 3), Enumerable.Range(0, 30).Select(dataset.LabelOf));
        Assert.Equal(drawn[dataset.BytesPerPicture..(2 * dataset.BytesPerPicture)], read);
    }

    [Fact]
    public void The_fingerprint_changes_with_the_pictures()
    {
        using Generator generator = MorphPathTests.Fresh();

        string Fingerprint(long seed)
        {
            using var dataset = new DrawnDataset(Pictures(generator).WithSeed(seed), generator.Images, 2);
            return dataset.Fingerprint;
        }

        Assert.Equal(Fingerprint(0), Fingerprint(0));
        Assert.NotEqual(Fingerprint(0), Fingerprint(1));
    }

    [Fact]
    public void More_pictures_than_memory_has_room_for_are_refused()
    {
        using Generator generator = MorphPathTests.Fresh();

        DataException refused = Assert.Throws<DataException>(() => new DrawnDataset(Pictures(generator), generator.Images, int.MaxValue));

        Assert.Contains("draw fewer", refused.Message, StringComparison.Ordinal);
    }

    private static DrawnPictures Pictures(Generator generator) => new(generator, Device.Cpu, new SampleOrigin("net"), s_names);
}
