using System.Text.Json;
using System.Text.Json.Serialization;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>Whether another project's code computes what a network of ours does, so that it may have its weights.</summary>
/// <remarks>
/// The test is the importer: our network's names and shapes are shown to it, and what it finds must be our network again, part
/// by part and setting by setting. What only matters to training or to new networks (momentum, initial values) is not asked.
/// </remarks>
internal static class PeerFit
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <exception cref="ConfigException">It does not; the message names the settings.</exception>
    internal static void Require(TargetPeer peer, Module network, ModelConfig model, ImageSpec images, PeerRole role)
    {
        RequireKnown(peer, model, images, role);
        PeerFile file = Shapes(peer.Keys(network, model));
        peer.RequireBuildable(file, role, model, images.Resolution);
        PeerModel theirs = Infer(peer, file, model, role);

        (string Setting, string Problem)[] problems = [.. Traits(model, role).Zip(Traits(theirs.Model with { Conditional = model.Conditional }, role))
            .Where(pair => Text(pair.First.Value) != Text(pair.Second.Value))
            .Select(pair => (pair.First.Setting, $"is {Text(pair.First.Value)}, where {peer.Name} has {Text(pair.Second.Value)}"))];
        if (problems is [] && FirstDifference(network, theirs, role) is { } name)
            problems = [(Culprit(name, model, role), $"makes a network that {peer.Name} does not have: it has another {name}")];
        if (problems is [var first, .. var others])
            throw new ConfigException(first.Setting, string.Join("; ", [first.Problem, .. others.Select(other => $"{other.Setting} {other.Problem}")]));
    }

    // What the key tables presuppose.
    private static void RequireKnown(TargetPeer peer, ModelConfig model, ImageSpec images, PeerRole role)
    {
        if (Kind(model) is var kind && !peer.Kinds.Contains(kind))
            throw new ConfigException("model.kind", $"is {kind}, and {peer.Name} has no such network; {string.Join(", ", peer.Kinds)} can be exported to it");
        if (model is SelfAttentionGanConfig { AttentionForm: not AttentionForm.AuthorsCode and var form })
            throw new ConfigException("model.attentionForm", $"is {Text(form)}, and {peer.Name} has {Text(AttentionForm.AuthorsCode)}");
        if (role == PeerRole.Discriminator && model.Conditional && !peer.Conditions.Contains(model.DiscriminatorCondition))
            throw new ConfigException("model.discriminatorCondition", $"is {Text(model.DiscriminatorCondition)}, and {peer.Name} has {string.Join(", ", peer.Conditions.Select(condition => Text(condition)))}");
        if (images.Channels != 3)
            throw new ConfigException("dataset.channels", $"is {images.Channels}, and {peer.Name} has networks for 3 channels only");
    }

    // A name that stands for two parts shows in the parts that are found.
    private static PeerFile Shapes(KeyTable table)
    {
        var zeros = new byte[table.Entries.Max(Count)];
        return PeerFile.Of("", table.Entries.DistinctBy(entry => entry.Theirs).ToDictionary(
            entry => entry.Theirs, entry => new HostArray(DType.UInt8, [.. entry.Shape], zeros.AsMemory(0, Count(entry)))));
    }

    private static int Count(KeyEntry entry) => checked((int)entry.Shape.Aggregate(1L, (count, size) => count * size));

    private static PeerModel Infer(TargetPeer peer, PeerFile file, ModelConfig model, PeerRole role)
    {
        PeerSettings settings = PeerSettings.Of(peer.Arguments(model, role));
        try
        {
            return role == PeerRole.Generator ? peer.Infer(file, null, settings) : peer.Infer(null, file, settings);
        }
        catch (ArrayFileException error)
        {
            throw new ConfigException("model", $"{peer.Name} has no such network: {error.Problem}");
        }
    }

    // What a network computes beside what its shapes show.
    private static IEnumerable<(string Setting, object? Value)> Traits(ModelConfig model, PeerRole role)
    {
        ResNetDetails details = Details(model);
        if (role == PeerRole.Generator)
        {
            bool hasTables = model.Conditional && model is not (BigGanDeepConfig or BigGanConfig { SharedSize: not null });
            yield return ("model.details.upsampling", details.Upsampling);
            yield return ("model.details.classCondition", hasTables ? details.ClassCondition : null);
            yield return ("model.details.batchNormEpsilon", details.BatchNormEpsilon);
            yield return ("model.details.lastBatchNormEpsilon", details.LastBatchNormEpsilon ?? details.BatchNormEpsilon);
            yield return ("model.details.spectralNorm", model is SnganConfig ? null : details.SpectralNorm);
            yield break;
        }

        SpectralNorm? norm = details.DiscriminatorSpectralNorm ?? details.SpectralNorm;
        yield return ("model.details.shortcutInput", details.ShortcutInput);
        yield return ("model.details.featurePooling", details.FeaturePooling);
        yield return ("model.details.discriminatorBatchNorm", details.DiscriminatorBatchNorm);
        yield return (details.DiscriminatorSpectralNorm is null ? "model.details.spectralNorm" : "model.details.discriminatorSpectralNorm", norm);
        yield return ("model.details.headSpectralNorm", details.HeadSpectralNorm == norm ? null : details.HeadSpectralNorm);
    }

    // Names of parts tell where attention stands.
    private static string? FirstDifference(Module network, PeerModel theirs, PeerRole role)
    {
        using Module same = role == PeerRole.Generator ? theirs.Model.BuildGenerator(theirs.Images) : theirs.Model.BuildDiscriminator(theirs.Images);
        string[] found = [.. same.State().Select(Place)];
        string[] wanted = [.. network.State().Select(Place)];
        if (found.SequenceEqual(wanted))
            return null;
        string different = wanted.Except(found).Concat(found.Except(wanted)).FirstOrDefault()
            ?? wanted.Zip(found).First(pair => pair.First != pair.Second).First;
        return different[..different.IndexOf(' ', StringComparison.Ordinal)];

        static string Place((string Name, Parameter Value) own) => $"{own.Name} {Extent.Print(own.Value.Value.Shape)}";
    }

    // The setting that an array of other shape, or at another place, comes from.
    private static string Culprit(string name, ModelConfig model, PeerRole role)
    {
        if (name.StartsWith("attention", StringComparison.Ordinal))
            return role == PeerRole.Generator ? "model.generatorAttention" : "model.discriminatorAttention";
        if (name == "head.linear.bias")
            return "model.headBias";
        return model switch
        {
            SnganConfig { Size: not ResNetSize.Full } or SelfAttentionGanConfig { Size: not ResNetSize.Full } => "model.size",
            BigGanConfig => "model.widths",
            _ when role == PeerRole.Discriminator => "model.details.innerWidth",
            _ => "model.kind",
        };
    }

    private static ResNetDetails Details(ModelConfig model) => model switch
    {
        SnganConfig config => config.Details,
        SelfAttentionGanConfig config => config.Details,
        BigGanConfig config => config.Details,
        BigGanDeepConfig config => config.Details,
        _ => throw new ArgumentException($"{model.GetType().Name} is no residual network.", nameof(model)),
    };

    private static string Kind(ModelConfig model) => (string)Attribute.GetCustomAttributes(typeof(ModelConfig), typeof(JsonDerivedTypeAttribute))
        .Cast<JsonDerivedTypeAttribute>()
        .Single(line => line.DerivedType == model.GetType()).TypeDiscriminator!;

    private static string Text(object? value) => JsonSerializer.Serialize(value, s_json).Trim('"');
}
