using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Onnx;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Exchange;

/// <summary>Networks of a snapshot on their way to a file of another kind or another project.</summary>
public sealed record NetworkExport
{
    private const string FormatKey = "format";

    /// <summary>Where they are taken from.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>Which of them.</summary>
    public required SnapshotPart Part { get; init; }

    /// <summary>The kind of file.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The project whose names the arrays get, each network in a file of its own there; null: ours.</summary>
    public TargetPeer? Peer { get; init; }

    /// <summary>
    /// What the project's code must be told for this network beside what its shapes show; <c>sagan import --config</c> takes the
    /// same. Empty where that is nothing.
    /// </summary>
    public JsonObject PeerArguments => Peer?.Arguments(Snapshot.Model, Role) ?? [];

    private PeerRole Role => Part == SnapshotPart.Discriminator ? PeerRole.Discriminator : PeerRole.Generator;

    /// <summary>What is drawn with: the average, where there is one.</summary>
    public static SnapshotPart Usual(Snapshot snapshot) => snapshot.HasEma ? SnapshotPart.Average : SnapshotPart.Generator;

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    /// <returns>How many arrays it has, or how many nodes a graph.</returns>
    /// <exception cref="ArgumentException">All networks are to go into one file under another project's names, or into one graph; or a graph is to have another project's names.</exception>
    /// <exception cref="OnnxException">The network computes something that a graph cannot have.</exception>
    /// <exception cref="ArrayFileException">The snapshot has no such network, or cannot be read.</exception>
    /// <exception cref="ConfigException">The other project has no such network; the message names the settings.</exception>
    public int Write(string path)
    {
        foreach (SnapshotPart part in Parts())
            RequireThere(part);
        if (Format == ExportFormat.Onnx)
            return WriteGraph(path);
        return Peer is null ? WriteOwn(path) : WriteTheirs(path, Peer);
    }

    private int WriteGraph(string path)
    {
        if (Part == SnapshotPart.All || Peer is not null)
            throw new ArgumentException("A graph is one network, and its values have names of their own.");
        var metadata = new Dictionary<string, string>
        {
            ["part"] = Name(Part),
            ["images"] = Snapshot.Clock.ToString(CultureInfo.InvariantCulture),
            ["config"] = ConfigJson.Write(Snapshot.Config),
        };
        using Module network = Load();
        OnnxModel model = network is Discriminator discriminator
            ? OnnxModel.Of(discriminator, Snapshot.Model, Snapshot.ClassNames, metadata)
            : OnnxModel.Of((Generator)network, Snapshot.ClassNames, metadata);
        model.Write(path);
        return model.NodeCount;
    }

    private Module Load() => Role == PeerRole.Generator
        ? ModuleFile.Load(Snapshot.Path, Prefix(Part), Snapshot.Model.BuildGenerator(Snapshot.Images), Device.Cpu)
        : Snapshot.LoadDiscriminator();

    private int WriteOwn(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Snapshot.Path);
        var networks = new OrderedDictionary<string, object?>();
        var arrays = new OrderedDictionary<string, HostArray>();
        foreach (string prefix in Parts().Select(Prefix))
        {
            var network = new OrderedDictionary<string, object?>();
            networks.Add(prefix, network);
            foreach (string name in file.Names.Where(name => name.StartsWith(prefix + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                string inner = name[(prefix.Length + 1)..];
                network.Add(inner, file[name]);
                arrays.Add(Part == SnapshotPart.All ? name : inner, file[name]);
            }
        }

        Write(path, arrays, Part == SnapshotPart.All ? networks : networks.GetAt(0).Value);
        return arrays.Count;
    }

    private int WriteTheirs(string path, TargetPeer peer)
    {
        if (Part == SnapshotPart.All)
            throw new ArgumentException($"{peer.Name} keeps each network in a file of its own.");
        ModelConfig model = Snapshot.Model;
        using Module network = Load();
        PeerFit.Require(peer, network, model, Snapshot.Images, Role);

        OrderedDictionary<string, HostArray> arrays = peer.Keys(network, model).Write();
        var all = new OrderedDictionary<string, object?>(arrays.Select(entry => KeyValuePair.Create(entry.Key, (object?)entry.Value)));
        Write(path, arrays, peer.Checkpoint(all, Snapshot.Clock / Snapshot.Config.BatchSize));
        return arrays.Count;
    }

    private void Write(string path, OrderedDictionary<string, HostArray> arrays, object? checkpoint)
    {
        switch (Format)
        {
            case ExportFormat.Safetensors:
                SafetensorsWriter.Write(path, arrays.Select(entry => new SafetensorsEntry(entry.Key, entry.Value)), Metadata());
                break;
            case ExportFormat.Pth:
                TorchWriter.Write(path, checkpoint);
                break;
            default:
                NpzFile.Write(path, arrays, compress: false);
                break;
        }
    }

    // All that a snapshot says, but not that it is one: it may have lost networks, or their names.
    private Dictionary<string, string> Metadata()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Snapshot.Path);
        Dictionary<string, string> metadata = file.Metadata.ToDictionary(entry => entry.Key, entry => entry.Value);

        // What readers of safetensors in Python look for.
        metadata[FormatKey] = "pt";
        return metadata;
    }

    private IEnumerable<SnapshotPart> Parts() => Part == SnapshotPart.All
        ? new[] { SnapshotPart.Generator, SnapshotPart.Average, SnapshotPart.Discriminator }.Where(IsThere)
        : [Part];

    private bool IsThere(SnapshotPart part) => part switch
    {
        SnapshotPart.Generator => Snapshot.HasGenerator,
        SnapshotPart.Average => Snapshot.HasEma,
        _ => Snapshot.HasDiscriminator,
    };

    private void RequireThere(SnapshotPart part)
    {
        if (!IsThere(part))
        {
            string there = string.Join(", ", Enum.GetValues<SnapshotPart>().Where(other => other != SnapshotPart.All && IsThere(other)).Select(Name));
            throw new ArrayFileException(Snapshot.Path, Name(part), $"there is none in this snapshot; it has {there}");
        }
    }

    private static string Prefix(SnapshotPart part) => part == SnapshotPart.Average ? "ema" : Name(part);

    private static string Name(SnapshotPart part) => part.ToString().ToLowerInvariant();
}
