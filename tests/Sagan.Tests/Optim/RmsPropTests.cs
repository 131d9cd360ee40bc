using Sagan.Optim;
using Sagan.Tensors;

namespace Sagan.Tests.Optim;

public class RmsPropTests
{
    // torch.optim.RMSprop(lr=5e-5, alpha=0.99, eps=1e-8) and (lr=0.1, alpha=0.9, eps=1e-2) of torch 1.13, in double precision.
    [Theory]
    [InlineData(5e-5, 0.99, 1e-8, new[]
    {
        -0.0004999999000000198, 0.0004999999750000011, -0.0004999500049994999,
        -5.233845904433149e-05, 0.0008544405649413553, -0.0004999500049994999,
        -0.0005212023546104271, 0.000810087825395855, -0.0008552503100490219,
        -0.0005212023546104271, 0.0011004192872987083, -0.0013552502804460337,
    })]
    [InlineData(0.1, 0.9, 1e-2, new[]
    {
        -0.2974174357598775, 0.3113055924149417, -0.009693465699682846,
        -0.019639657982099712, 0.5381195912853549, -0.009693465699682846,
        -0.3151735690047372, 0.5083864588148779, -0.01928538612793433,
        -0.3151735690047372, 0.7043579172019092, -0.33352571158459143,
    })]
    public void Steps_are_those_of_torch(double rate, double decay, double epsilon, double[] expected)
    {
        using Scope scope = Scope.Open();
        using var network = new ThreeNumbers();
        using Optimizer optimizer = new RmsPropConfig { LearningRate = rate, Decay = decay, Epsilon = epsilon }.Build(network);
        var values = new List<double>();

        foreach (double[] gradient in ThreeNumbers.Gradients)
        {
            network.Step(optimizer, gradient);
            values.AddRange(network.Now);
        }

        Assert.Equal(expected, values, (a, b) => Math.Abs(a - b) < 1e-12 * rate);
        Assert.Equal(4, optimizer.Steps);
    }

    // Of a gradient that stays, the mean square is (1 - decay^n) of its square after n steps.
    [Fact]
    public void A_gradient_that_stays_moves_by_steps_that_fall_to_the_rate_whatever_its_size()
    {
        using Scope scope = Scope.Open();
        using var network = new ThreeNumbers();
        using Optimizer optimizer = new RmsPropConfig { LearningRate = 0.01, Decay = 0.9, Epsilon = 0 }.Build(network);
        double way = 0;

        for (int n = 1; n <= 60; n++)
        {
            double step = 0.01 / Math.Sqrt(1 - Math.Pow(0.9, n));
            network.Step(optimizer, [1e-3, -5, 400], rateFactor: n % 2 == 0 ? 1 : 0.5);
            way += n % 2 == 0 ? step : step / 2;
        }

        Assert.Equal([-way, way, -way], network.Now, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void An_optimizer_with_another_s_mean_squares_goes_on_like_it()
    {
        using Scope scope = Scope.Open();
        using ThreeNumbers first = new(), second = new();
        using Optimizer whole = new RmsPropConfig().Build(first), resumed = new RmsPropConfig().Build(second);
        first.Step(whole, ThreeNumbers.Gradients[0]);

        second.CopyFrom(first);
        (string name, var square) = Assert.Single(resumed.State());
        square.Value.CopyFrom(whole.State().Single().Value.Value);
        first.Step(whole, ThreeNumbers.Gradients[1]);
        second.Step(resumed, ThreeNumbers.Gradients[1]);

        Assert.Equal("value.square", name);
        Assert.Equal(first.Now, second.Now);
    }
}
