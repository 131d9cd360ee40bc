using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>Configurations as former versions wrote them.</summary>
public sealed class FormerConfigTests
{
    [Fact]
    public void An_optimizer_without_a_kind_is_Adam()
    {
        TrainingConfig config = ConfigJson.Read(With("""
            "generatorOptimizer": { "learningRate": 0.001, "beta1": 0.5, "beta2": 0.99, "epsilon": 1e-08 }, // Adam was all there was
            "discriminatorOptimizer": { "beta2": 0.5, },
            """));

        Assert.Equal(new AdamConfig { LearningRate = 1e-3, Beta1 = 0.5, Beta2 = 0.99, Epsilon = 1e-8 }, config.GeneratorOptimizer);
        Assert.Equal(new AdamConfig { Beta2 = 0.5 }, config.DiscriminatorOptimizer);
    }

    [Fact]
    public void Optimizers_that_are_not_named_are_Adam_and_one_with_a_kind_is_that()
    {
        TrainingConfig config = ConfigJson.Read(With("""  "generatorOptimizer": { "decay": 0.9, "kind": "rmsprop" }, """));

        Assert.Equal(new RmsPropConfig { Decay = 0.9 }, config.GeneratorOptimizer);
        Assert.Equal(new AdamConfig(), config.DiscriminatorOptimizer);
        Assert.Empty(ConfigJson.Difference(config, ConfigJson.Read(ConfigJson.Write(config))));
    }

    [Theory]
    [InlineData("\"generatorOptimizer\": { \"beta3\": 1 },", "generatorOptimizer.beta3", "there are learningRate, beta1")]
    [InlineData("\"generatorOptimizer\": { \"kind\": \"rmsprop\", \"beta1\": 0 },", "generatorOptimizer.beta1", "there are learningRate, decay")]
    [InlineData("\"generatorOptimizer\": { \"kind\": \"sgd\" },", "generatorOptimizer", "there are adam, rmsprop")]
    [InlineData("\"generatorOptimizer\": null,", "generatorOptimizer", "must be a part with a kind")]
    [InlineData("\"generatorOptimizer\": { \"beta2\": 0.5, \"beta2\": 0.6 },", "generatorOptimizer", "Duplicate property 'beta2'")]
    [InlineData("\"batchSize\": 1, \"batchSize\": 2,", "batchSize", "Duplicate property 'batchSize'")]
    public void What_is_wrong_with_one_is_told_as_with_any_part(string line, string setting, string cure)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigJson.Read(With(line)));

        Assert.Equal(setting, error.SettingPath);
        Assert.Contains(cure, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static string With(string lines) =>
        $$"""
        {
          "recipe": "mine",
          "model": { "kind": "sagan" },
          {{lines}}
          "dataset": { "kind": "toybox" },
          "totalImages": 100,
        }
        """;
}
