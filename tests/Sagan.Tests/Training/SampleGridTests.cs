using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class SampleGridTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_row_is_a_class_and_a_column_is_a_seed()
    {
        using Generator generator = Fresh(conditional: true);

        IReadOnlyList<IReadOnlyList<Raster>> rows = Write(generator);

        byte[] asked = PictureSampler.Draw(generator, Device.Cpu, [new SampleRequest(Seed: 2, Label: 1)]).Single().Pixels;
        Assert.Equal(asked, rows[1][2].Pixels);
    }

    [Fact]
    public void Without_classes_no_picture_stands_there_twice()
    {
        using Generator generator = Fresh(conditional: false);

        IReadOnlyList<IReadOnlyList<Raster>> rows = Write(generator);

        Assert.Equal(12, rows.SelectMany(row => row).Select(picture => Convert.ToHexString(picture.Pixels)).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<IReadOnlyList<Raster>> Write(Generator generator) =>
        new SampleGrid(generator.Images, ["a", "b", "c"], columns: 4).WriteFakes(
            _folder.At("grid.png"), generator, Device.Cpu, new Dictionary<string, string>());

    private static Generator Fresh(bool conditional)
    {
        Generator generator = new SnganConfig { GeneratorWidth = 8, Conditional = conditional }.BuildGenerator(new ImageSpec(3, 32, 3));
        using var random = new RandomSource(5);
        generator.Initialize(random);
        generator.SetTraining(false);

        // A new network draws all classes alike, and everything in gray.
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter gain) in generator.NamedParameters().Where(entry => entry.Name.EndsWith("gain", StringComparison.Ordinal)))
            gain.Value.FillNormal(random, mean: 1, deviation: 2);
        return generator;
    }
}
