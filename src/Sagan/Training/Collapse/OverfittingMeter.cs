using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training.Collapse;

/// <summary>Where the discriminator puts pictures it never trained on, between training pictures and generated ones.</summary>
/// <remarks>r_v of Karras et al. 2020 (arXiv:2006.06676, equation 1): 0 no difference to training pictures, 1 none to generated ones.</remarks>
internal sealed class OverfittingMeter
{
    // Nearer than this, in standard deviations, the quotient would be noise.
    private const double LeastDistance = 0.5;

    private readonly (float[] Pictures, long[] Labels) _trained, _heldOut;

    /// <param name="training">As many of these as are held out are looked at.</param>
    /// <param name="heldOut">Never trained on.</param>
    internal OverfittingMeter(Dataset training, Dataset heldOut)
    {
        _heldOut = Read(heldOut, heldOut.Count);
        _trained = Read(training, Math.Min(training.Count, heldOut.Count));
    }

    /// <summary>Sets pictures aside; what is left to train on, and a meter that knows those set aside, where there are any.</summary>
    internal static (Dataset Training, OverfittingMeter? Meter) HoldOut(Dataset dataset, int count)
    {
        if (count == 0)
            return (dataset, null);
        (DatasetPart training, DatasetPart heldOut) = HeldOutPictures.Split(dataset, count);
        return (training, new OverfittingMeter(training, heldOut));
    }

    /// <summary>Asks a discriminator; null where it hardly tells training pictures from generated ones.</summary>
    /// <param name="discriminator">Left as it was: it judges in evaluation mode.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="fakes">Generated pictures, one class a row.</param>
    internal double? Measure(Discriminator discriminator, Device device, IReadOnlyList<IReadOnlyList<Raster>> fakes)
    {
        float[] generated = Floats(fakes.SelectMany(row => row));
        long[] labels = [.. fakes.SelectMany((row, label) => Enumerable.Repeat((long)label, row.Count))];

        using (discriminator.Eval())
        {
            float[] logits = PictureScorer.Score(discriminator, device, _trained.Pictures, _trained.Labels);
            double trained = logits.Average();
            double spread = Math.Sqrt(logits.Average(logit => (logit - trained) * (logit - trained)));
            double heldOut = PictureScorer.Score(discriminator, device, _heldOut.Pictures, _heldOut.Labels).Average();
            double fake = PictureScorer.Score(discriminator, device, generated, labels).Average();
            return trained - fake > LeastDistance * spread ? (trained - heldOut) / (trained - fake) : null;
        }
    }

    // Evenly through the set: data sets come sorted by class.
    private static (float[] Pictures, long[] Labels) Read(Dataset dataset, int count)
    {
        float[] pictures = new float[count * dataset.BytesPerPicture];
        long[] labels = new long[count];
        byte[] chw = new byte[dataset.BytesPerPicture];
        for (int i = 0; i < count; i++)
        {
            int index = (int)((long)i * dataset.Count / count);
            dataset.Read(index, chw);
            labels[i] = dataset.LabelOf(index);
            Scale(chw, pictures.AsSpan(i * chw.Length, chw.Length));
        }

        return (pictures, labels);
    }

    private static float[] Floats(IEnumerable<Raster> pictures)
    {
        var all = new List<float>();
        foreach (Raster picture in pictures)
        {
            byte[] chw = new byte[picture.Pixels.Length];
            float[] values = new float[chw.Length];
            picture.CopyPlanar(chw);
            Scale(chw, values);
            all.AddRange(values);
        }

        return [.. all];
    }

    private static void Scale(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (bytes[i] / 127.5f) - 1;
    }
}
