using Sagan.Classifiers;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training.Classification;

/// <summary>What a trained classifier says of many pictures: which classes it tells, and how far they lie apart.</summary>
public sealed class ClassifierJudge
{
    private const int BatchSize = 64;

    private readonly Classifier _classifier;
    private readonly Device _device;
    private readonly FeatureSpread _spread;

    private ClassifierJudge(Classifier classifier, Device device)
    {
        _classifier = classifier;
        _device = device;
        _spread = new FeatureSpread(classifier.Images.Classes, classifier.FeatureCount);
        Confusion = new ConfusionMatrix(classifier.Images.Classes);
    }

    /// <summary>How often pictures of each class were taken for each class.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>How far pictures of one class lie apart; null where no class has two.</summary>
    public double? Diversity => _spread.Value;

    /// <summary>Judges all pictures of a data set.</summary>
    /// <param name="classifier">In any mode; judges in evaluation.</param>
    /// <param name="device">Where the classifier lives.</param>
    /// <param name="dataset">Of the classifier's size and classes.</param>
    /// <param name="progress">Told after every batch.</param>
    public static ClassifierJudge OfDataset(Classifier classifier, Device device, Dataset dataset, IProgress<DataProgress>? progress = null)
    {
        var judge = new ClassifierJudge(classifier, device);
        byte[] pixels = new byte[BatchSize * dataset.BytesPerPicture];
        foreach (int[] indices in Enumerable.Range(0, dataset.Count).Chunk(BatchSize))
        {
            for (int i = 0; i < indices.Length; i++)
                dataset.Read(indices[i], pixels.AsSpan(i * dataset.BytesPerPicture, dataset.BytesPerPicture));
            judge.Add(pixels.AsSpan(0, indices.Length * dataset.BytesPerPicture), [.. indices.Select(dataset.LabelOf)]);
            progress?.Report(new DataProgress("Testing", indices[^1] + 1, dataset.Count));
        }

        return judge;
    }

    /// <summary>Judges pictures drawn by a generator, as many of each class; seed and class decide each.</summary>
    /// <param name="classifier">In any mode; judges in evaluation.</param>
    /// <param name="generator">In evaluation; of the classifier's size and classes.</param>
    /// <param name="device">Where both live.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="progress">Told after every batch.</param>
    public static ClassifierJudge OfSamples(
        Classifier classifier, Generator generator, Device device, int count, IProgress<DataProgress>? progress = null)
    {
        var judge = new ClassifierJudge(classifier, device);
        int classes = generator.Images.Classes, done = 0;
        SampleRequest[] requests = [.. Enumerable.Range(0, count).Select(i => new SampleRequest(i, i % classes))];
        foreach (SampleRequest[] batch in requests.Chunk(BatchSize))
        {
            byte[] pixels = [.. PictureSampler.Draw(generator, device, batch).SelectMany(Planar)];
            judge.Add(pixels, [.. batch.Select(request => request.Label)]);
            progress?.Report(new DataProgress("Drawing and judging", done += batch.Length, count));
        }

        return judge;
    }

    private static byte[] Planar(Raster picture)
    {
        byte[] chw = new byte[picture.Pixels.Length];
        picture.CopyPlanar(chw);
        return chw;
    }

    // Bytes for generated pictures, too: both kinds are judged as a person would get them.
    private void Add(ReadOnlySpan<byte> pixels, int[] labels)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using Layers.ModeScope evaluation = _classifier.Eval();
        ImageSpec images = _classifier.Images;
        Tensor pictures = Tensor.From<byte>(pixels, [labels.Length, images.Channels, images.Resolution, images.Resolution], _device).To(DType.Float32) / 127.5 - 1;
        Tensor vectors = _classifier.Features(pictures);
        float[] features = vectors.ToArray<float>(), scores = _classifier.Scores(vectors).ToArray<float>();

        for (int i = 0; i < labels.Length; i++)
        {
            Confusion.Add(labels[i], LargestOf(scores.AsSpan(i * images.Classes, images.Classes)));
            _spread.Add(labels[i], features.AsSpan(i * _classifier.FeatureCount, _classifier.FeatureCount));
        }
    }

    private static int LargestOf(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[largest])
                largest = i;
        }

        return largest;
    }
}
