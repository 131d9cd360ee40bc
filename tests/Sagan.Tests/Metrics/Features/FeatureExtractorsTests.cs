using Sagan.Metrics.Features;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics.Features;

public class FeatureExtractorsTests
{
    [Theory]
    [InlineData("vgg")]
    [InlineData("classifier")]
    [InlineData("classifier:")]
    [InlineData("inception:")]
    [InlineData("toybox:here")]
    public void An_unknown_choice_is_answered_with_those_there_are(string choice)
    {
        var error = Assert.Throws<ConfigException>(() => FeatureExtractors.Open(choice));

        Assert.Contains($"--features: there is no '{choice}'", error.Message);
        Assert.Contains("inception, inception:FILE, classifier:FILE or toybox", error.Message);
    }

    [Fact]
    public void The_resizing_of_Inception_is_not_for_others()
    {
        var error = Assert.Throws<ConfigException>(() => FeatureExtractors.Open("toybox", ResizeMode.CleanFid));

        Assert.Contains("--resize", error.Message);
    }

    [Fact]
    public void A_named_file_of_Inception_is_not_looked_for_elsewhere()
    {
        Assert.Throws<ArrayFileException>(() => FeatureExtractors.Open("inception:nowhere.pth"));
    }

    [Fact]
    public void The_toyboxs_needs_nothing()
    {
        using FeatureExtractor extractor = FeatureExtractors.Open("toybox");

        Assert.IsType<ToyboxExtractor>(extractor);
    }

    [Fact]
    public void Pictures_that_are_no_bytes_are_refused()
    {
        using Scope scope = Scope.Open();
        using FeatureExtractor extractor = FeatureExtractors.Open("toybox");

        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([1, 3, 8, 8])));
        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([0, 3, 8, 8], DType.UInt8)));
        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([1, 4, 8, 8], DType.UInt8)));
    }
}
