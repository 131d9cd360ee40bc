using Sagan.Layers;
using Sagan.Optim;
using Sagan.Tensors;

namespace Sagan.Tests.Optim;

public class AdamTests
{
    private static readonly double[][] s_gradients = [[0.5, -2, 1e-3], [-1, -2, 0], [3, 0.25, 1e-3], [0, -2, 5]];

    [Theory]
    [InlineData(0, 0.9, 1e-8)]
    [InlineData(0.5, 0.999, 1e-6)]
    [InlineData(0.9, 0.99, 1e-2)]
    public void Steps_are_those_of_the_paper_s_formulas(double beta1, double beta2, double epsilon)
    {
        using Scope scope = Scope.Open();
        using Bias network = Build();
        var config = new AdamConfig { LearningRate = 0.1, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon };
        using var adam = new Adam(network, config);
        var expected = new PaperAdam(config, 3);

        foreach (double[] gradient in s_gradients)
        {
            adam.ClearGradients();
            Autograd.Backward((network.Value.Value * Tensor.From(gradient, 3)).Sum());
            adam.Step();
            expected.Step(gradient);

            Assert.Equal(expected.Values, network.Value.Value.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        }

        Assert.Equal(4, adam.Steps);
    }

    [Fact]
    public void The_first_step_is_the_rate_whatever_the_gradient_s_size()
    {
        using Scope scope = Scope.Open();
        using Bias network = Build();
        using var adam = new Adam(network, new AdamConfig { LearningRate = 0.01 });

        Autograd.Backward((network.Value.Value * Tensor.From([1e-3, -5.0, 400.0], 3)).Sum());
        adam.Step();

        Assert.Equal([-0.01, 0.01, -0.01], network.Value.Value.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_factor_of_the_schedule_scales_the_step()
    {
        using Scope scope = Scope.Open();
        using Bias network = Build();
        using var adam = new Adam(network, new AdamConfig { LearningRate = 0.01 });

        Autograd.Backward(network.Value.Value.Sum());
        adam.Step(rateFactor: 0.25);

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
        using Bias network = Build();
        using var adam = new Adam(network, new AdamConfig { Beta1 = beta1 });

        Assert.Equal(names, adam.State().Select(entry => entry.Name));
    }

    [Fact]
    public void An_optimizer_with_another_s_moments_and_steps_goes_on_like_it()
    {
        using Scope scope = Scope.Open();
        using Bias first = Build(), second = Build();
        var config = new AdamConfig { Beta1 = 0.5 };
        using Adam adam = new(first, config), resumed = new(second, config);
        StepOnce(first, adam, s_gradients[0]);

        second.CopyFrom(first);
        resumed.Steps = adam.Steps;
        foreach ((var mine, var theirs) in resumed.State().Zip(adam.State()))
            mine.Value.Value.CopyFrom(theirs.Value.Value);
        StepOnce(first, adam, s_gradients[1]);
        StepOnce(second, resumed, s_gradients[1]);

        Assert.Equal(first.Value.Value.ToArray<double>(), second.Value.Value.ToArray<double>());
    }

    private static void StepOnce(Bias network, Adam adam, double[] gradient)
    {
        adam.ClearGradients();
        Autograd.Backward((network.Value.Value * Tensor.From(gradient, 3)).Sum());
        adam.Step();
    }

    private static Bias Build()
    {
        var network = new Bias();
        network.To(DType.Float64);
        return network;
    }

    /// <summary>Three numbers to train.</summary>
    private sealed class Bias : Module
    {
        internal Bias() => Value = Parameter("value", [3], Initializer.Zeros);

        internal Parameter Value { get; }
    }

    /// <summary>Algorithm 1 of arXiv:1412.6980, one number at a time.</summary>
    private sealed class PaperAdam(AdamConfig config, int size)
    {
        private readonly double[] _means = new double[size], _squares = new double[size];
        private int _steps;

        internal double[] Values { get; } = new double[size];

        internal void Step(double[] gradient)
        {
            _steps++;
            for (int i = 0; i < Values.Length; i++)
            {
                _means[i] = config.Beta1 * _means[i] + (1 - config.Beta1) * gradient[i];
                _squares[i] = config.Beta2 * _squares[i] + (1 - config.Beta2) * gradient[i] * gradient[i];
                double mean = _means[i] / (1 - Math.Pow(config.Beta1, _steps));
                double square = _squares[i] / (1 - Math.Pow(config.Beta2, _steps));
                Values[i] -= config.LearningRate * mean / (Math.Sqrt(square) + config.Epsilon);
            }
        }
    }
}
