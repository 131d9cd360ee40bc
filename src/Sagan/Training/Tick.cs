using System.Globalization;
using System.Text.Json.Nodes;

namespace Sagan.Training;

/// <summary>What happened since the last tick; one line of <c>events.jsonl</c>.</summary>
public sealed record Tick
{
    /// <summary>Real pictures shown so far.</summary>
    public required long Images { get; init; }

    /// <summary>Pictures at which the run ends.</summary>
    public required long TotalImages { get; init; }

    /// <summary>Seconds of this tick, upkeep excluded.</summary>
    public required double Seconds { get; init; }

    /// <summary>Real pictures a second.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds that training would take to the end at this speed.</summary>
    public required double SecondsLeft { get; init; }

    /// <summary>Share of the time spent waiting for the data loader.</summary>
    public required double DataWait { get; init; }

    /// <summary>Mean discriminator loss, without its terms.</summary>
    public required double DiscriminatorLoss { get; init; }

    /// <summary>Mean generator loss, without its terms.</summary>
    public required double GeneratorLoss { get; init; }

    /// <summary>Mean of what terms (penalties, consistency, …) added to the discriminator's loss.</summary>
    public required double DiscriminatorTerms { get; init; }

    /// <summary>Mean of what terms added to the generator's loss.</summary>
    public required double GeneratorTerms { get; init; }

    /// <summary>Mean logit on real pictures.</summary>
    public required double RealLogit { get; init; }

    /// <summary>Mean logit on generated pictures that the discriminator trained on.</summary>
    public required double FakeLogit { get; init; }

    /// <summary>Mean norm of the discriminator's gradient.</summary>
    public required double DiscriminatorGradient { get; init; }

    /// <summary>Mean norm of the generator's gradient.</summary>
    public required double GeneratorGradient { get; init; }

    /// <summary>Largest singular value of each spectrally normalised weight of the generator; empty without.</summary>
    public IReadOnlyList<LayerSigma> GeneratorSigmas { get; init; } = [];

    /// <summary>Largest singular value of each spectrally normalised weight of the discriminator; empty without.</summary>
    public IReadOnlyList<LayerSigma> DiscriminatorSigmas { get; init; } = [];

    /// <summary>How far apart the discriminator holds real and generated pictures: the difference of their mean logits.</summary>
    public double Margin => RealLogit - FakeLogit;

    /// <summary>Most memory the process held so far, in bytes; on a GPU, of the device where it tells.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>Tensors alive: a number that must not grow.</summary>
    public required long LiveTensors { get; init; }

    /// <summary>Where parts of the run that adapt themselves stand, by name.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures { get; init; } = [];

    /// <summary>The line for the event log.</summary>
    internal JsonObject ToJson()
    {
        JsonObject line = Measured();
        foreach ((string name, double value) in Figures)
            line[name] = value;
        return line;
    }

    private JsonObject Measured() => new()
    {
        ["images"] = Images,
        ["seconds"] = Math.Round(Seconds, 3),
        ["imagesPerSecond"] = Math.Round(ImagesPerSecond, 2),
        ["dataWait"] = Math.Round(DataWait, 5),
        ["lossD"] = DiscriminatorLoss,
        ["lossG"] = GeneratorLoss,
        ["termsD"] = DiscriminatorTerms,
        ["termsG"] = GeneratorTerms,
        ["logitReal"] = RealLogit,
        ["logitFake"] = FakeLogit,
        ["margin"] = Margin,
        ["gradientD"] = DiscriminatorGradient,
        ["gradientG"] = GeneratorGradient,
        ["sigmaG"] = ToJson(GeneratorSigmas),
        ["sigmaD"] = ToJson(DiscriminatorSigmas),
        ["peakMemory"] = PeakMemory,
        ["liveTensors"] = LiveTensors,
        ["time"] = DateTimeOffset.UtcNow.ToString("O"),
    };

    // Four digits tell growth from noise; a weight that broke has no number.
    private static JsonObject ToJson(IReadOnlyList<LayerSigma> sigmas) => new(sigmas.Select(sigma => KeyValuePair.Create<string, JsonNode?>(
        sigma.Layer, double.IsFinite(sigma.Value) ? JsonValue.Create(Rounded(sigma.Value)) : null)));

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
