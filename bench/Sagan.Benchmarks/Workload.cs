using System.Text.Json.Nodes;
using Sagan.Models;
using Sagan.Training;
using Sagan.Training.Planning;

namespace Sagan.Benchmarks;

/// <summary>One network and its training, to be measured here and in PyTorch.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Peer">The public code whose training step stands beside ours; the reference knows how it goes.</param>
/// <param name="Images">What it draws.</param>
/// <param name="Config">
/// The training, of which the reference reads widths, places of attention, rates and steps: whatever it needs is written out.
/// </param>
internal sealed record Workload(string Name, Peer Peer, ImageSpec Images, TrainingConfig Config)
{
    internal Workload WithBatch(int pictures) => this with { Config = Config with { BatchSize = pictures } };

    /// <summary>Operations of one iteration, as <c>sagan plan</c> counts them: those that our form of the networks does.</summary>
    internal double FlopsPerIteration() =>
        TrainingPlan.Of(Config, Images).Work.PerImage * Config.BatchSize * Config.DiscriminatorSteps;

    /// <summary>All that the reference needs to build the same networks, and the parameters it must end up with.</summary>
    internal string Describe()
    {
        var plan = TrainingPlan.Of(Config, Images);
        return new JsonObject
        {
            ["name"] = Name,
            ["peer"] = Peer.ToString(),
            ["classes"] = Images.Classes,
            ["resolution"] = Images.Resolution,
            ["generatorParameters"] = plan.Generator.Parameters,
            ["discriminatorParameters"] = plan.Discriminator.Parameters,
            ["flopsPerIteration"] = FlopsPerIteration(),
            ["config"] = JsonNode.Parse(ConfigJson.Write(Config)),
        }.ToJsonString();
    }
}
