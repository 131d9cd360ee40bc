using Sagan.Layers;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Optim;

public class AdamTests
{
    [Theory]
    [InlineData(0, 0.9, 1e-8)]
    [InlineData(0.5, 0.999, 1e-6)]
    [InlineData(0.9, 0.99, 1e-2)]
    public void Steps_are_those_of_the_paper_s_formulas(double beta1, double beta2, double epsilon)
    {
        using Scope scope = Scope.Open();
        using var network = new ThreeNumbers();
        var config = new AdamConfig { LearningRate = 0.1, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon };
        using var adam = new Adam(network, config);
        var expected = new PaperAdam(config, 3);

        foreach (double[] gradient in ThreeNumbers.Gradients)
        {
            network.Step(adam, gradient);
            expected.Step(gradient);

            Assert.Equal(expected.Values, network.Now, (a, b) => Math.Abs(a - b) < 1e-12);
        }

        Assert.Equal(4, adam.Steps);
    }

    // In single precision on a processor one operator makes the whole step: several parts of a large weight, and a gradient that lies
    // otherwise in memory.
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Steps_in_one_pass_are_those_of_the_paper_s_formulas(double beta1) => RequirePaperSteps(beta1, fuses: false);

    // What a GPU uses.
    [FusedAdamTheory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Steps_by_libtorch_s_own_operator_are_those_of_the_paper_s_formulas(double beta1) => RequirePaperSteps(beta1, fuses: true);

    [Fact]
    public void A_backward_pass_through_a_weight_that_was_moved_is_refused()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        using var network = new Linear(2, 2, new NormalInitializer(1));
        network.Initialize(random);
        Tensor weight = network.NamedParameters().First(entry => entry.Name == "weight").Value.Value;
        using var adam = new Adam(network, new AdamConfig());
        Tensor squares = weight.Square().Sum(), more = weight.Square().Sum();

        Autograd.Backward(squares);
        adam.Step();

        TorchException refused = Assert.Throws<TorchException>(() => Autograd.Backward(more));
        Assert.Contains("modified by an inplace operation", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_step_is_the_rate_whatever_the_gradient_s_size()
    {
        using Scope scope = Scope.Open();
        using var network = new ThreeNumbers();
        using var adam = new Adam(network, new AdamConfig { LearningRate = 0.01 });

        network.Step(adam, [1e-3, -5, 400]);

        Assert.Equal([-0.01, 0.01, -0.01], network.Now, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_factor_of_the_schedule_scales_the_step()
    {
        using Scope scope = Scope.Open();
        using var network = new ThreeNumbers();
        using var adam = new Adam(network, new AdamConfig { LearningRate = 0.01 });

        network.Step(adam, [1, 1, 1], rateFactor: 0.25);

        Assert.Equal(-0.0025, network.Value.Value.Sum().Item() / 3, 1e-9);
    }

    [Fact]
    public void Parameters_without_a_gradient_stay_where_they_are()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using var network = new Linear(2, 2, new NormalInitializer(1));
        network.Initialize(random);
        Dictionary<string, Parameter> state = network.State().ToDictionary(entry => entry.Name, entry => entry.Value);
        float[] weight = state["weight"].Value.ToArray<float>();
        using var adam = new Adam(network, new AdamConfig());

        Autograd.Backward(state["bias"].Value.Sum());
        adam.Step();

        Assert.Equal(weight, state["weight"].Value.ToArray<float>());
        Assert.All(state["bias"].Value.ToArray<float>(), value => Assert.Equal(-2e-4f, value, 1e-8f));
    }

    [Theory]
    [InlineData(0, new[] { "value.square" })]
    [InlineData(0.5, new[] { "value.mean", "value.square" })]
    public void The_state_has_no_means_where_they_would_be_the_gradients(double beta1, string[] names)
    {
        using var network = new ThreeNumbers();
        using var adam = new Adam(network, new AdamConfig { Beta1 = beta1 });

        Assert.Equal(names, adam.State().Select(entry => entry.Name));
    }

    [Fact]
    public void An_optimizer_with_another_s_moments_and_steps_goes_on_like_it()
    {
        using Scope scope = Scope.Open();
        using ThreeNumbers first = new(), second = new();
        var config = new AdamConfig { Beta1 = 0.5 };
        using Adam adam = new(first, config), resumed = new(second, config);
        first.Step(adam, ThreeNumbers.Gradients[0]);

        second.CopyFrom(first);
        resumed.Steps = adam.Steps;
        foreach ((var mine, var theirs) in resumed.State().Zip(adam.State()))
            mine.Value.Value.CopyFrom(theirs.Value.Value);
        first.Step(adam, ThreeNumbers.Gradients[1]);
        second.Step(resumed, ThreeNumbers.Gradients[1]);

        Assert.Equal(first.Now, second.Now);
    }

    private static void RequirePaperSteps(double beta1, bool fuses)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using var network = new Linear(150, 300, new NormalInitializer(0));
        network.Initialize(random);
        Tensor weight = network.NamedParameters().First(entry => entry.Name == "weight").Value.Value;
        var config = new AdamConfig { LearningRate = 0.1, Beta1 = beta1, Beta2 = 0.999 };
        using var adam = new Adam(network, config, fuses);
        var expected = new PaperAdam(config, 45_000);
        Assert.True(Foreach.TakesAdam([weight]));
        Assert.Equal(fuses, adam.IsRecordable);

        for (int step = 0; step < 4; step++)
        {
            Tensor gradient = Tensor.Normal([150, 300], random);
            adam.ClearGradients();
            Autograd.Backward((weight.Transpose(0, 1) * gradient).Sum());
            adam.Step(rateFactor: 1.0 / (step + 1));
            expected.Step([.. gradient.Transpose(0, 1).ToArray<float>().Select(value => (double)value)], rateFactor: 1.0 / (step + 1));
        }

        Assert.Equal(expected.Values, weight.ToArray<float>().Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>Algorithm 1 of arXiv:1412.6980, one number at a time.</summary>
    private sealed class PaperAdam(AdamConfig config, int size)
    {
        private readonly double[] _means = new double[size], _squares = new double[size];
        private int _steps;

        internal double[] Values { get; } = new double[size];

        internal void Step(double[] gradient, double rateFactor = 1)
        {
            _steps++;
            for (int i = 0; i < Values.Length; i++)
            {
                _means[i] = config.Beta1 * _means[i] + (1 - config.Beta1) * gradient[i];
                _squares[i] = config.Beta2 * _squares[i] + (1 - config.Beta2) * gradient[i] * gradient[i];
                double mean = _means[i] / (1 - Math.Pow(config.Beta1, _steps));
                double square = _squares[i] / (1 - Math.Pow(config.Beta2, _steps));
                Values[i] -= rateFactor * config.LearningRate * mean / (Math.Sqrt(square) + config.Epsilon);
            }
        }
    }
}
