using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Collapse;

/// <summary>A discriminator that nobody trained, and toys sorted by what it says of them: the best are "trained on", the worst "generated".</summary>
public sealed class OverfittingMeterTests : IDisposable
{
    private readonly Dataset _toys = SmallRun.Plain.Dataset.Open();
    private readonly Discriminator _discriminator;
    private readonly int[] _byLogit;

    public OverfittingMeterTests()
    {
        using var random = new RandomSource(5);
        _discriminator = SmallRun.Plain.Model.BuildDiscriminator(SmallRun.Images);
        _discriminator.Initialize(random);
        using (_discriminator.Eval())
        {
            float[] logits = [.. Enumerable.Range(0, _toys.Count).Select(Logit)];
            _byLogit = [.. Enumerable.Range(0, _toys.Count).OrderByDescending(i => logits[i])];
        }
    }

    private DatasetPart Trained => new(_toys, "trained", _byLogit.Take(8));

    private DatasetPart Fake => new(_toys, "fake", _byLogit.TakeLast(8));

    [Fact]
    public void Held_out_pictures_like_those_trained_on_give_0_and_like_generated_ones_1()
    {
        Assert.Equal(0, new OverfittingMeter(Trained, Trained).Measure(_discriminator, Device.Cpu, Rows(Fake))!.Value, 1e-6);
        Assert.Equal(1, new OverfittingMeter(Trained, Fake).Measure(_discriminator, Device.Cpu, Rows(Fake))!.Value, 1e-3);
    }

    [Fact]
    public void A_discriminator_that_cannot_tell_has_no_gap()
    {
        Assert.Null(new OverfittingMeter(Trained, Fake).Measure(_discriminator, Device.Cpu, Rows(Trained)));
        Assert.Null(new OverfittingMeter(Fake, Fake).Measure(_discriminator, Device.Cpu, Rows(Trained)));
    }

    [Fact]
    public void Asking_leaves_the_discriminator_as_it_was()
    {
        using Scope scope = Scope.Open();
        float[][] before = Values();

        new OverfittingMeter(Trained, Fake).Measure(_discriminator, Device.Cpu, Rows(Fake));

        Assert.True(_discriminator.IsTraining);
        Assert.Equal(before, Values());
    }

    public void Dispose()
    {
        _discriminator.Dispose();
        _toys.Dispose();
    }

    private float[][] Values() => [.. _discriminator.State().Select(entry => entry.Value.Value.Detach().ToArray<float>())];

    private float Logit(int index) => PictureScorer.Score(
        _discriminator, Device.Cpu, [.. Bytes(_toys, index).Select(value => (value / 127.5f) - 1)], [_toys.LabelOf(index)])[0];

    private static List<Raster>[] Rows(Dataset pictures)
    {
        List<Raster>[] rows = [.. pictures.ClassNames.Select(_ => new List<Raster>())];
        for (int i = 0; i < pictures.Count; i++)
            rows[pictures.LabelOf(i)].Add(Raster.FromPlanar(32, 32, 3, Bytes(pictures, i)));
        return rows;
    }

    private static byte[] Bytes(Dataset pictures, int index)
    {
        byte[] chw = new byte[pictures.BytesPerPicture];
        pictures.Read(index, chw);
        return chw;
    }
}
