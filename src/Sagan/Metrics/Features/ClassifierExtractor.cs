using Sagan.Classifiers;
using Sagan.Data;
using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>A classifier that this program trained, where Inception does not apply or is not at hand.</summary>
/// <remarks>
/// Pictures of another size are brought to the classifier's by Pillow's bilinear filter, unrounded. Its scores say something
/// about pictures like those it was trained on, and nothing beside scores by any other extractor.
/// </remarks>
public sealed class ClassifierExtractor : FeatureExtractor
{
    private readonly Classifier _classifier;

    private ClassifierExtractor(ClassifierFile file, string identity, Device device)
        : base("classifier", identity, $"bilinear-{file.Images.Resolution}", device)
    {
        _classifier = file.Load(device);
        ClassNames = file.Facts.ClassNames;
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();

        // The map is affine: what it makes of nothing is its bias.
        LogitBias = _classifier.Scores(Tensor.Zeros([1, FeatureCount], device: device)).ToArray<float>();
    }

    /// <summary>Opens a file that <c>sagan classifier train</c> wrote.</summary>
    /// <exception cref="Tensors.Files.ArrayFileException">Not there, or no such file.</exception>
    public static ClassifierExtractor Open(string path, Device device = default)
    {
        ClassifierFile file = ClassifierFile.Open(path);
        return new ClassifierExtractor(file, RemoteFile.HashOf(path), device);
    }

    /// <inheritdoc/>
    public override int FeatureCount => _classifier.FeatureCount;

    /// <inheritdoc/>
    public override int? LogitCount => _classifier.Images.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<float> LogitBias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    private protected override int Channels => _classifier.Images.Channels;

    private protected override int Portion => Device == Device.Cpu ? 32 : 256;

    /// <inheritdoc/>
    public override void Dispose() => _classifier.Dispose();

    private protected override PictureFeatures Describe(Tensor pictures)
    {
        int side = _classifier.Images.Resolution;
        Tensor features = _classifier.Features(SmoothResizing.Bilinear(pictures, side, side) / 127.5 - 1);
        Tensor bias = Tensor.From<float>([.. LogitBias], [LogitBias.Count], Device);
        return new PictureFeatures(features, _classifier.Scores(features) - bias);
    }
}
