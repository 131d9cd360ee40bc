using Sagan.Augmentations;
using Sagan.Layers;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tests.Classifiers;
using Sagan.Tests.Data;
using Sagan.Tests.Models;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>Every loss with every architecture, and every term and augmentation at least once: kinds added later are included.</summary>
public sealed class CombinationTests
{
    public static TheoryData<string, string> ModelsAndLosses
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string model in Registry.Kinds<ModelConfig>())
            {
                foreach (string loss in Registry.Kinds<AdversarialLoss>())
                    pairs.Add(model, loss);
            }

            return pairs;
        }
    }

    public static TheoryData<string> Terms => [.. Registry.Kinds<LossTerm>()];

    public static TheoryData<string> Optimizers => [.. Registry.Kinds<OptimizerConfig>()];

    public static TheoryData<string> Augmentations => [.. Registry.Kinds<Augmentation>()];

    [Theory]
    [MemberData(nameof(ModelsAndLosses))]
    public void Every_loss_moves_both_networks_of_every_architecture(string model, string loss)
    {
        AdversarialLoss chosen = Registry.Create<AdversarialLoss>(loss);
        if (chosen.RequiredHead is { } head && !SmallConfigs.Of(model).Conditional)
        {
            Assert.Throws<ConfigException>(() => OneIteration.Of(With(SmallConfigs.Of(model), head) with { Loss = chosen }));
            return;
        }

        OneIteration iteration = OneIteration.Of(With(SmallConfigs.Of(model), chosen.RequiredHead) with { Loss = chosen });

        RequireMovement(iteration);
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void Every_term_adds_something_finite(string kind)
    {
        using var folder = new TemporaryFolder();
        LossTerm term = Registry.Create<LossTerm>(kind);
        if (term is ClassifierGuidance guidance)
        {
            SmallClassifier.WriteForToybox(folder.At("toybox.safetensors"));
            term = guidance with { File = folder.At("toybox.safetensors") };
        }

        TrainingConfig config = With(SmallConfigs.Of("sngan"), term.RequiredHead);

        OneIteration without = OneIteration.Of(config);
        OneIteration with = OneIteration.Of(config with { Terms = [term] });

        RequireMovement(with);
        Assert.Equal(0, without.Discriminator[2]);
        Assert.Equal(0, without.Generator[2]);
        Assert.True(with.Discriminator[2] != 0 || with.Generator[2] != 0, "nothing was added");
        Assert.Equal(without.Discriminator[1], with.Discriminator[1], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Every_augmentation_lets_both_networks_move(string kind)
    {
        TrainingConfig config = With(SmallConfigs.Of("sngan"), null) with { Augmentation = Registry.Create<Augmentation>(kind) };

        RequireMovement(OneIteration.Of(config));
    }

    // R1 is differentiated twice through what the augmentation does.
    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Every_augmentation_lets_a_gradient_penalty_look_through(string kind)
    {
        Augmentation augmentation = kind == "ada" ? new AdaptiveAugmentation { Probability = 0.9 } : Registry.Create<Augmentation>(kind);
        TrainingConfig config = With(SmallConfigs.Of("sngan"), null) with { Terms = [new RealGradientPenalty(), new GradientPenalty()] };

        RequireMovement(OneIteration.Of(config with { Augmentation = augmentation }));
    }

    [Fact]
    public void Only_the_generator_loses_its_worst_pictures()
    {
        TrainingConfig config = With(SmallConfigs.Of("sngan"), null);

        OneIteration all = OneIteration.Of(config);
        OneIteration best = OneIteration.Of(config with { TopK = new TopK { Floor = 0.25 } });

        Assert.Equal(all.Discriminator, best.Discriminator);
        Assert.True(best.Generator[1] < all.Generator[1], "the best picture of four has a lower hinge loss than all four");
    }

    [Theory]
    [InlineData("relativistic")]
    [InlineData("multi-hinge")]
    public void Fewer_pictures_fit_every_loss(string kind)
    {
        AdversarialLoss loss = Registry.Create<AdversarialLoss>(kind);

        RequireMovement(OneIteration.Of(With(SmallConfigs.Of("sngan"), loss.RequiredHead) with { Loss = loss, TopK = new TopK() }));
    }

    [Fact]
    public void Clipping_bounds_every_parameter_of_the_discriminator()
    {
        OneIteration iteration = OneIteration.Of(With(SmallConfigs.Of("sngan"), null) with { DiscriminatorClip = 0.01, Loss = new WassersteinLoss() });

        Assert.Equal(0.01, iteration.LargestParameter, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_optimizer_moves_both_networks(string kind)
    {
        OptimizerConfig optimizer = Registry.Create<OptimizerConfig>(kind);

        RequireMovement(OneIteration.Of(With(SmallConfigs.Of("sngan"), null) with { GeneratorOptimizer = optimizer, DiscriminatorOptimizer = optimizer }));
    }

    private static TrainingConfig With(ModelConfig model, HeadKind? head) => SmallRun.Plain with
    {
        Model = model with
        {
            DiscriminatorCondition = head switch
            {
                HeadKind.Classifier => DiscriminatorCondition.Classifier,
                HeadKind.MultiClass => DiscriminatorCondition.MultiClass,
                _ => DiscriminatorCondition.Projection,
            },
        },
    };

    private static void RequireMovement(OneIteration iteration)
    {
        Assert.All(iteration.Discriminator.Concat(iteration.Generator), value => Assert.True(double.IsFinite(value)));
        Assert.True(iteration.Discriminator[0] > 0, "the discriminator has no gradient");
        Assert.True(iteration.Generator[0] > 0, "the generator has no gradient");
    }
}
