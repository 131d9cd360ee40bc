using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Tensors;

namespace Sagan.Tests.Losses.Terms;

public class FeatureMatchingTests
{
    [Fact]
    public void It_is_the_mean_distance_of_mean_features()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        Tensor real = Tensor.From([1.0, 0, 3, 2], 2, 2), fake = Tensor.From([0.0, 5, 0, 1], 2, 2);
        LossStep step = small.OfDiscriminator() with
        {
            RealJudgement = new Judgement(real.Sum(1), Features: real),
            FakeJudgement = new Judgement(fake.Sum(1), Features: fake),
        };

        // Means (2, 1) and (0, 3).
        Assert.Equal(4 * (2 + 2) / 2.0, new FeatureMatching { Weight = 4 }.ForGenerator(step, null).Item(), 1e-12);
    }

    [Fact]
    public void Its_gradient_reaches_the_generator_and_is_a_finite_difference()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        Tensor norm = small.Gan.Generator.NamedParameters().Single(entry => entry.Name == "conv.weight").Value.Value;

        GradientCheck.Require(() => new FeatureMatching().ForGenerator(small.OfGenerator(), null), ("conv.weight", norm));
    }
}
