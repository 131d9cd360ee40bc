using Sagan.Classifiers;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Classifiers;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(64)]
    public void Scores_have_a_column_a_class_at_every_resolution(int resolution)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using Classifier classifier = SmallClassifier.Create(resolution, channels: 1, classes: 5, width: 4);
        using var random = new RandomSource(2);
        Tensor pictures = Tensor.Normal([2, 1, resolution, resolution], random);

        Assert.Equal([2, 5], classifier.Forward(pictures).Shape.ToArray());
        Assert.Equal([2, classifier.FeatureCount], classifier.Features(pictures).Shape.ToArray());
        Assert.Equal(32, classifier.FeatureCount);
    }

    [Fact]
    public void Scores_are_a_linear_map_of_features()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using Classifier classifier = SmallClassifier.Create();
        using var random = new RandomSource(2);
        Tensor pictures = Tensor.Normal([3, 3, 8, 8], random);
        using ModeScope evaluation = classifier.Eval();

        Tensor parts = classifier.Scores(classifier.Features(pictures));

        Assert.Equal(0, (parts - classifier.Forward(pictures)).Abs().Max().Item());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_are_those_of_finite_differences(bool training)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using var classifier = new Classifier(new ImageSpec(1, 8, 3), width: 2);
        GradientCheck.Prepare(classifier, random);
        using ModeScope mode = training ? classifier.Train() : classifier.Eval();
        Tensor pictures = GradientCheck.Leaf(random, 3, 1, 8, 8);

        GradientCheck.Require(classifier, () => classifier.Forward(pictures), ("pictures", pictures));
    }

    [Theory]
    [InlineData(48, 8, "--resolution")]
    [InlineData(4, 8, "--resolution")]
    [InlineData(32, 3, "--width")]
    [InlineData(32, 0, "--width")]
    public void What_has_no_network_is_refused_by_flag(int resolution, int width, string flag)
    {
        var error = Assert.Throws<ConfigException>(() => new Classifier(new ImageSpec(3, resolution, 10), width));

        Assert.Equal(flag, error.SettingPath);
    }
}
