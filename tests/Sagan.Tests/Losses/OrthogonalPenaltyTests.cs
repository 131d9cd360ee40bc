using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Losses;

public class OrthogonalPenaltyTests
{
    private static readonly string[] s_weights = ["conv.weight", "wide.weight", "tall.weight", "embed.weight"];

    // The peer adds strength · gradient to what is there: 0.5 of it in its second call, to what the first had left.
    [SharedTheory("fixtures")]
    [InlineData("modified", OrthogonalForm.OffDiagonal)]
    [InlineData("default", OrthogonalForm.WithDiagonal)]
    public void Values_and_gradients_are_BigGAN_PyTorch_s(string form, OrthogonalForm ours)
    {
        using Scope scope = Scope.Open();
        Fixture fixture = Fixture.Open("ortho_reg");
        var penalty = new OrthogonalPenalty { Form = ours };

        foreach (string name in s_weights)
        {
            Tensor weight = Fixture.ToTensor(fixture.Weights()[name]);
            weight.RequiresGrad = true;
            Tensor value = penalty.Of(weight);
            Tensor gradient = Autograd.Gradients(value, [weight])[0];

            Tensor added = fixture.Tensor($"{form}1_grad__{name}") - fixture.Tensor($"{form}0_grad__{name}");
            fixture.Expect($"value_{form}__{name}", value, Tolerance.Layer);
            if (form == "modified" && name == "embed.weight")       // told to spare it
                Assert.Equal(0, added.Abs().Max().Item());
            else
                Closeness.Require($"{form} {name}", added, gradient * 0.5, Tolerance.Layer);
        }
    }

    [Theory]
    [InlineData(OrthogonalForm.OffDiagonal)]
    [InlineData(OrthogonalForm.WithDiagonal)]
    public void The_gradient_is_that_of_the_value(OrthogonalForm form)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        Tensor weight = GradientCheck.Leaf(random, 3, 2, 2, 2);

        GradientCheck.Require(() => new OrthogonalPenalty { Form = form }.Of(weight), ("weight", weight));
    }

    [Fact]
    public void Orthogonal_rows_of_any_length_cost_nothing_off_the_diagonal()
    {
        using Scope scope = Scope.Open();
        Tensor weight = Tensor.From([3f, 0f, 0f, 2f], 2, 2);

        Assert.Equal(0, new OrthogonalPenalty().Of(weight).Item());
        Assert.Equal(0.5 * (8 * 8 + 3 * 3), new OrthogonalPenalty { Form = OrthogonalForm.WithDiagonal }.Of(weight).Item(), 1e-5);
    }

    [Fact]
    public void Of_a_generator_all_weights_count_but_the_shared_embedding()
    {
        using Scope scope = Scope.Open();
        using GanModel gan = Build(new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = 6 });
        var penalty = new OrthogonalPenalty { GeneratorWeight = 0.25 };

        Autograd.Backward(penalty.ForGenerator(Step(gan), null)!);
        string[] moved = [.. gan.Generator.NamedParameters().Where(entry => entry.Value.Value.Gradient is not null).Select(entry => entry.Name)];

        string[] weights = [.. gan.Generator.NamedParameters().Select(entry => entry.Name).Where(name => name.EndsWith("weight", StringComparison.Ordinal))];
        Assert.Contains("shared.weight", weights);
        Assert.Contains("block1.norm1.gain.weight", weights);
        Assert.Equal(weights.Where(name => name != "shared.weight"), moved);
        Assert.Null(penalty.ForDiscriminator(Step(gan), null));
    }

    [Fact]
    public void Class_tables_of_batch_norms_are_left_alone_and_the_discriminator_s_embedding_is_not()
    {
        using Scope scope = Scope.Open();
        using GanModel gan = Build(new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = null, HierarchicalLatents = false });
        var penalty = new OrthogonalPenalty { DiscriminatorWeight = 1e-4 };

        Autograd.Backward(penalty.ForGenerator(Step(gan), null)!);
        Autograd.Backward(penalty.ForDiscriminator(Step(gan), null)!);

        Assert.Null(Gradient(gan.Generator, "block1.norm1.gain"));
        Assert.NotNull(Gradient(gan.Generator, "block1.conv1.weight"));
        Assert.NotNull(Gradient(gan.Discriminator, "head.embedding.weight"));
    }

    private static Tensor? Gradient(Module network, string name) =>
        network.NamedParameters().Single(entry => entry.Name == name).Value.Value.Gradient;

    private static GanModel Build(ModelConfig config)
    {
        using var random = new RandomSource(1);
        return config.Build(new ImageSpec(3, 32, 3), random);
    }

    private static LossStep Step(GanModel gan)
    {
        Tensor none = Tensor.Zeros([1]);
        return new LossStep
        {
            Gan = gan,
            Latents = none,
            Fake = new Batch(none, none),
            FakeJudgement = none,
            Judge = _ => none,
            Draws = new Draws(0, DrawPurpose.GeneratorTerms, 0, Device.Cpu),
            Update = 0,
            Images = 0,
        };
    }
}
