using Sagan.Classifiers;
using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Classifiers;
using Sagan.Tests.Data;

namespace Sagan.Tests.Metrics.Features;

public sealed class ClassifierExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Features_and_logits_are_the_classifiers_own()
    {
        using Scope scope = Scope.Open();
        using ClassifierExtractor extractor = ClassifierExtractor.Open(Write(channels: 3));
        using Classifier classifier = ClassifierFile.Open(_folder.At("c.safetensors")).Load();
        Tensor pixels = Pictures(300, 3, 8);

        PictureFeatures actual = extractor.Extract(pixels);

        Tensor features = classifier.Features(pixels.To(DType.Float32) / 127.5 - 1), scores = classifier.Scores(features);
        Assert.Equal([300, extractor.FeatureCount], actual.Features.Shape.ToArray());
        Assert.True(MetricFixture.Distance(features.ToArray<float>(), actual.Features.ToArray<float>()) < 1e-5);
        Tensor biased = actual.Logits! + Tensor.From<float>([.. extractor.LogitBias], [3]);
        Assert.True(MetricFixture.Distance(scores.ToArray<float>(), biased.ToArray<float>()) < 1e-5);
        Assert.True(extractor.LogitBias.Max() > 0.1);
        Assert.Equal(3, extractor.LogitCount);
    }

    [Fact]
    public void Pictures_of_another_size_and_gray_ones_are_made_to_fit()
    {
        using Scope scope = Scope.Open();
        using ClassifierExtractor extractor = ClassifierExtractor.Open(Write(channels: 3));
        Tensor gray = Pictures(2, 1, 20);

        float[] actual = extractor.Extract(gray).Features.ToArray<float>();

        float[] expected = extractor.Extract(gray.Expand(2, 3, 20, 20)).Features.ToArray<float>();
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Colours_are_not_shown_to_a_classifier_of_gray_pictures()
    {
        using Scope scope = Scope.Open();
        using ClassifierExtractor extractor = ClassifierExtractor.Open(Write(channels: 1));

        var error = Assert.Throws<ShapeException>(() => extractor.Extract(Pictures(2, 3, 8)));

        Assert.Contains("UInt8 [N, 1, H, W]", error.Message);
        Assert.Equal(2, extractor.Extract(Pictures(2, 1, 8)).Features.Size(0));
    }

    [Fact]
    public void Two_classifiers_are_told_apart_though_both_are_called_classifier()
    {
        using ClassifierExtractor one = ClassifierExtractor.Open(Write(channels: 3)), other = ClassifierExtractor.Open(Write(channels: 1));

        Assert.Equal("classifier", one.Name);
        Assert.StartsWith("classifier/bilinear-8/", one.Signature);
        Assert.NotEqual(one.Signature, other.Signature);
    }

    [Fact]
    public void A_file_that_is_no_classifier_is_refused()
    {
        Assert.Throws<ArrayFileException>(() => ClassifierExtractor.Open(_folder.At("nowhere.safetensors")));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(int channels)
    {
        string path = _folder.At("c.safetensors");
        using Classifier classifier = SmallClassifier.Create(channels: channels);
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((string name, Sagan.Layers.Parameter value) in classifier.State())
        {
            if (name == "linear.bias")
                value.Value.CopyFrom(Tensor.From([0.5f, -1f, 0.25f], 3));
        }

        ClassifierFile.Write(path, classifier, SmallClassifier.Facts);
        return path;
    }

    private static Tensor Pictures(int count, int channels, int side)
    {
        byte[] pixels = new byte[count * channels * side * side];
        new Random(1).NextBytes(pixels);
        return Tensor.From<byte>(pixels, [count, channels, side, side]);
    }
}
