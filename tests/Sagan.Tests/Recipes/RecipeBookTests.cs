using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Tests.Recipes;

public sealed class RecipeBookTests
{
    public static TheoryData<string> Names => [.. RecipeBook.All.Select(recipe => recipe.Name)];

    [Fact]
    public void Names_are_unique_and_found()
    {
        Assert.Distinct(RecipeBook.All.Select(recipe => recipe.Name));
        Assert.All(RecipeBook.All, recipe => Assert.Same(recipe, RecipeBook.Find(recipe.Name)));
        Assert.Null(RecipeBook.Find("biggest"));
        Assert.Equal("tiny", RecipeBook.Default.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recipe_is_complete_and_possible(string name)
    {
        Recipe recipe = RecipeBook.Find(name)!;

        recipe.Config.Validate();

        Assert.Equal(recipe.Name, recipe.Config.Recipe);
        Assert.Equal(recipe.Resolution, Assert.IsType<ToyboxConfig>(recipe.Config.Dataset).Resolution);
        Assert.All([recipe.Summary, recipe.Source, recipe.ExpectedScore, recipe.Cost], text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    // sngan_projection's configurations, StudioGAN's of SAGAN, AC-GAN and DCGAN, and the SAGAN paper.
    [Theory]
    [InlineData("sngan-cifar10", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 128, 5, 50_000)]
    [InlineData("sngan-imagenet128", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 128, 5, 450_000)]
    [InlineData("sngan-cifar10-unconditional", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 128, 5, 50_000)]
    [InlineData("concat-imagenet128", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 128, 5, 450_000)]
    [InlineData("sngan-dogcat128", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 128, 5, 450_000)]
    [InlineData("sngan-dogcat256", 2e-4, 2e-4, 0, 0.9, 1e-8, 32, 64, 5, 450_000)]
    [InlineData("acgan-cifar10", 2e-4, 2e-4, 0.5, 0.999, 1e-6, 64, 64, 5, 100_000)]
    [InlineData("dcgan-cifar10", 2e-4, 2e-4, 0.5, 0.999, 1e-6, 64, 64, 2, 200_000)]
    [InlineData("wgan-gp-cifar10", 2e-4, 2e-4, 0, 0.9, 1e-8, 64, 64, 5, 100_000)]
    [InlineData("sagan-32", 2e-4, 2e-4, 0.5, 0.999, 1e-6, 64, 64, 5, 100_000)]
    [InlineData("sagan-64", 1e-4, 4e-4, 0, 0.999, 1e-6, 256, 256, 1, 100_000)]
    [InlineData("sagan-imagenet128", 1e-4, 4e-4, 0, 0.9, 1e-8, 256, 256, 1, 1_000_000)]
    public void Published_recipes_have_the_published_numbers(
        string name, double generatorRate, double discriminatorRate, double beta1, double beta2, double epsilon, int batch, int generatorBatch, int steps, long updates)
    {
        TrainingConfig config = RecipeBook.Find(name)!.Config;

        Assert.Equal(new AdamConfig { LearningRate = generatorRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon }, config.GeneratorOptimizer);
        Assert.Equal(new AdamConfig { LearningRate = discriminatorRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon }, config.DiscriminatorOptimizer);
        Assert.Equal(batch, config.BatchSize);
        Assert.Equal(generatorBatch, config.GeneratorBatchSize ?? config.BatchSize);
        Assert.Equal(steps, config.DiscriminatorSteps);
        Assert.Equal(updates * steps * batch, config.TotalImages);
        Assert.False(config.JointPass);
        Assert.Equal(128, config.Model.LatentSize);
    }

    // Algorithm 1 of arXiv:1701.07875.
    [Fact]
    public void Wgan_has_the_paper_s_numbers()
    {
        TrainingConfig config = RecipeBook.Find("wgan-cifar10")!.Config;

        Assert.Equal(new RmsPropConfig { LearningRate = 5e-5 }, config.GeneratorOptimizer);
        Assert.Equal(new RmsPropConfig { LearningRate = 5e-5 }, config.DiscriminatorOptimizer);
        Assert.Equal((0.01, 5, 64), (config.DiscriminatorClip, config.DiscriminatorSteps, config.BatchSize));
    }

    [Fact]
    public void The_ablation_of_Sagan_has_each_block_at_each_place_and_neither()
    {
        string[] names = [.. RecipeBook.All.Select(recipe => recipe.Name).Where(name => name.StartsWith("sagan-imagenet128-", StringComparison.Ordinal))];

        Assert.Equal(9, names.Length);
        foreach (int place in new[] { 8, 16, 32, 64 })
        {
            var attention = Assert.IsType<SelfAttentionGanConfig>(RecipeBook.Find($"sagan-imagenet128-attention{place}")!.Config.Model);
            var residual = Assert.IsType<SelfAttentionGanConfig>(RecipeBook.Find($"sagan-imagenet128-residual{place}")!.Config.Model);
            Assert.Equal([place], attention.GeneratorAttention!);
            Assert.Equal([place], residual.GeneratorAttention!);
            Assert.Equal(Sagan.Layers.AttentionForm.ResidualBlock, residual.AttentionForm);
        }
    }

    // BigGAN-PyTorch's script, StudioGAN's configurations, and the paper; a decay of 0.9999 halves in 6931 updates.
    [Theory]
    [InlineData("biggan-cifar10", 2e-4, 2e-4, 0, 1e-8, 50, 4, 125_000, 128, 1_000)]
    [InlineData("biggan-64", 1e-4, 4e-4, 0, 1e-6, 1024, 1, 100_000, 100, 20_000)]
    [InlineData("biggan-imagenet128", 5e-5, 2e-4, 0, 1e-8, 2048, 2, 165_000, 120, 20_000)]
    [InlineData("biggan-imagenet256", 5e-5, 2e-4, 0, 1e-8, 2048, 2, 165_000, 140, 20_000)]
    [InlineData("biggan-imagenet512", 5e-5, 2e-4, 0, 1e-8, 2048, 2, 165_000, 160, 20_000)]
    [InlineData("biggan-deep-32", 2e-4, 2e-4, 0.5, 1e-6, 64, 5, 100_000, 128, 1_000)]
    [InlineData("biggan-deep-imagenet128", 5e-5, 2e-4, 0, 1e-8, 2048, 2, 165_000, 128, 20_000)]
    [InlineData("biggan-deep-imagenet256", 2.5e-5, 2.5e-5, 0, 1e-8, 2048, 2, 165_000, 128, 20_000)]
    [InlineData("biggan-deep-imagenet512", 2.5e-5, 2.5e-5, 0, 1e-8, 2048, 2, 165_000, 128, 20_000)]
    public void Published_BigGANs_have_the_published_numbers(
        string name, double generatorRate, double discriminatorRate, double beta1, double epsilon, int batch, int steps, long updates, int latents, long averageFrom)
    {
        TrainingConfig config = RecipeBook.Find(name)!.Config;
        long updateImages = steps * batch;

        Assert.Equal(new AdamConfig { LearningRate = generatorRate, Beta1 = beta1, Beta2 = 0.999, Epsilon = epsilon }, config.GeneratorOptimizer);
        Assert.Equal(new AdamConfig { LearningRate = discriminatorRate, Beta1 = beta1, Beta2 = 0.999, Epsilon = epsilon }, config.DiscriminatorOptimizer);
        Assert.Equal(batch, config.BatchSize);
        Assert.Equal(steps, config.DiscriminatorSteps);
        Assert.Equal(updates * updateImages, config.TotalImages);
        Assert.Equal(latents, config.Model.LatentSize);
        Assert.Equal(0.9999, Math.Pow(0.5, updateImages / config.Ema!.HalfLifeImages), 1e-8);
        Assert.Equal(averageFrom * updateImages, config.Ema.StartImages);
    }

    // The networks of 128x128 take hundreds of megabytes; their totals are ParameterTotalsTests' business.
    [Theory]
    [InlineData("tiny")]
    [InlineData("sngan-cifar10")]
    [InlineData("concat-cifar10")]
    [InlineData("acgan-cifar10")]
    [InlineData("dcgan-cifar10")]
    [InlineData("sndcgan-cifar10")]
    [InlineData("wgan-cifar10")]
    [InlineData("wgan-gp-cifar10")]
    [InlineData("sngan-dogcat256")]
    [InlineData("sagan-32")]
    [InlineData("sagan-64")]
    [InlineData("biggan-cifar10")]
    [InlineData("biggan-64")]
    [InlineData("biggan-deep-32")]
    [InlineData("grow-64")]
    [InlineData("upscale-16-to-64")]
    [InlineData("upscale-32-to-128")]
    public void Networks_exist_at_the_recipes_resolution(string name)
    {
        Recipe recipe = RecipeBook.Find(name)!;
        var images = new ImageSpec(3, recipe.Resolution, 10);

        using Generator generator = recipe.Config.Model.BuildGenerator(images);
        using Discriminator discriminator = recipe.Config.Model.BuildDiscriminator(images);

        Assert.Equal(recipe.Resolution, generator.Images.Resolution);
        Assert.True(generator.ParameterCount > 0 && discriminator.ParameterCount > 0);
    }
}
