using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

public class BatchNormTests
{
    [Fact]
    public void New_tables_of_ones_and_zeros_equal_plain_batch_norm()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var plain = new BatchNorm(5);
        using var categorical = new CategoricalBatchNorm(5, classes: 3);
        plain.Initialize(random);
        categorical.Initialize(random);

        ExpectEqual(plain, categorical, Tensor.From([0L, 2, 1, 2], 4));
    }

    [Fact]
    public void Projections_of_zeros_equal_plain_batch_norm()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var plain = new BatchNorm(5);
        using var projected = new ProjectedBatchNorm(5, conditionSize: 6, Initializer.Zeros);
        plain.Initialize(random);
        projected.Initialize(random);

        ExpectEqual(plain, projected, Tensor.Normal([4, 6], random));
    }

    [Fact]
    public void In_training_every_channel_gets_zero_mean_and_unit_variance()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new BatchNorm(3);
        layer.Initialize(random);

        Tensor y = layer.Forward((Tensor.Normal([8, 3, 4, 4], random) * 5) + 2);

        Assert.All(y.Mean(0, 2, 3).ToArray<float>(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(y.Square().Mean(0, 2, 3).ToArray<float>(), variance => Assert.Equal(1, variance, 1e-4));
    }

    [Fact]
    public void Running_statistics_take_in_the_batch_s_mean_and_unbiased_variance_by_the_momentum()
    {
        using Scope scope = Scope.Open();
        using var layer = new BatchNorm(1, momentum: 0.25);
        using var random = new RandomSource(1);
        layer.Initialize(random);

        layer.Forward(Tensor.From([1f, 2, 3, 6], 2, 1, 1, 2));

        // Mean 3, squares of the differences 4 + 1 + 0 + 9 = 14, over 3.
        Assert.Equal(0.75f, Buffer(layer, "statistics.mean").ToArray<float>()[0], 1e-6f);
        Assert.Equal(0.75 + (0.25 * 14 / 3), Buffer(layer, "statistics.variance").ToArray<float>()[0], 1e-6);
    }

    [Fact]
    public void Standing_statistics_are_plain_averages_of_the_batches_and_leave_the_parameters_alone()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new BatchNorm(1);
        layer.Initialize(random);
        Tensor[] batches = [Tensor.From([1f, 3f], 1, 1, 1, 2), Tensor.From([5f, 11f], 1, 1, 1, 2)];

        StandingStatistics.Accumulate(layer, 2, i => layer.Forward(batches[i]));

        // Means 2 and 8, biased variances 1 and 9.
        Assert.Equal(5, Buffer(layer, "statistics.mean").Item());
        Assert.Equal(5, Buffer(layer, "statistics.variance").Item());
        Assert.Equal(1, layer.NamedParameters().First().Value.Value.Item());
    }

    [Fact]
    public void Standing_statistics_that_break_off_keep_what_was_there_when_no_batch_came_through()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var layer = new BatchNorm(1);
        layer.Initialize(random);

        Assert.Throws<InvalidOperationException>(() => StandingStatistics.Accumulate(layer, 1, _ => throw new InvalidOperationException()));

        Assert.Equal(0, Buffer(layer, "statistics.mean").Item());
        Assert.Equal(1, Buffer(layer, "statistics.variance").Item());
    }

    private static void ExpectEqual(BatchNorm plain, ConditionalLayer conditional, Tensor condition)
    {
        using var random = new RandomSource(2);
        Tensor x = (Tensor.Normal([4, 5, 3, 3], random) * 3) - 1;

        Closeness.Require("training", plain.Forward(x), conditional.Forward(x, condition), 1e-6);
        using (plain.Eval())
        using (conditional.Eval())
            Closeness.Require("evaluation", plain.Forward(x), conditional.Forward(x, condition), 1e-6);
    }

    private static Tensor Buffer(Module layer, string name) => layer.State().Single(entry => entry.Name == name).Value.Value;
}
