using System.Text.Json.Nodes;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Benchmarks;

/// <summary>One network and its training, to be measured here and in PyTorch.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Config">
/// The training: one update of each network an iteration, nothing mirrored, constant rates. Widths and places of attention
/// are all written out, because the reference reads them too.
/// </param>
internal sealed record Workload(string Name, TrainingConfig Config)
{
    /// <summary>What all of them draw.</summary>
    internal static ImageSpec Images { get; } = new(Channels: 3, Resolution: 32, Classes: 10);

    internal static IReadOnlyList<Workload> All { get; } = [Tiny(), Sagan32(), Sngan32(), BigGan32()];

    internal static Workload Find(string name) => All.First(workload => workload.Name == name);

    internal Workload WithBatch(int pictures) => this with { Config = Config with { BatchSize = pictures } };

    /// <summary>All that the reference needs to build the same networks, and the parameters it must end up with.</summary>
    internal string Describe()
    {
        using Generator generator = Config.Model.BuildGenerator(Images);
        using Discriminator discriminator = Config.Model.BuildDiscriminator(Images);
        return new JsonObject
        {
            ["name"] = Name,
            ["classes"] = Images.Classes,
            ["resolution"] = Images.Resolution,
            ["generatorParameters"] = generator.ParameterCount,
            ["discriminatorParameters"] = discriminator.ParameterCount,
            ["config"] = JsonNode.Parse(ConfigJson.Write(Config)),
        }.ToJsonString();
    }

    private static Workload Tiny() => new("tiny", Plain("tiny"));

    private static Workload Sagan32() => new("sagan32", Plain("sagan-32") with
    {
        Model = new SelfAttentionGanConfig { GeneratorWidth = 256, DiscriminatorWidth = 128, GeneratorAttention = [16] },
    });

    // The widths that mimicry's users compare at 32x32.
    private static Workload Sngan32() => new("sngan32", Plain("sngan-cifar10") with
    {
        Model = new SnganConfig { GeneratorWidth = 128, DiscriminatorWidth = 64 },
    });

    // As many parameters as BigGAN-PyTorch's networks for CIFAR-10 at width 64 without shared embedding (G 4,304,387,
    // D 4,207,361), in the layers that are here: a stand-in until there is a BigGAN.
    private static Workload BigGan32() => new("biggan32", Plain("tiny") with
    {
        Recipe = "biggan-32-size",
        Model = new SelfAttentionGanConfig { GeneratorWidth = 256, DiscriminatorWidth = 256, GeneratorAttention = [], DiscriminatorAttention = [] },
        GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta2 = 0.999 },
        DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta2 = 0.999 },
    });

    private static TrainingConfig Plain(string recipe) => RecipeBook.Find(recipe)!.Config with
    {
        DiscriminatorSteps = 1,
        GeneratorBatchSize = null,
        MicroBatchSize = null,
        Mirror = false,
        LearningRateDecay = null,
    };
}
