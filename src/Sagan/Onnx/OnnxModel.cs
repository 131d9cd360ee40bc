using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Onnx.Operators;
using Sagan.Onnx.Schema;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Onnx;

/// <summary>A network as an ONNX file: standard operators only, for any number of pictures at once.</summary>
/// <remarks>
/// A generator takes <c>z</c> [N, latent size] of standard normal numbers, <c>label</c> [N] of Int64 where it knows classes
/// (<c>small</c> where it enlarges pictures) and <c>truncation</c> [1], and gives <c>picture</c> [N, C, R, R] in [-1, 1]. A
/// discriminator takes <c>picture</c> and the label, and gives <c>logit</c> [N] and, where its head has them, <c>classes</c>
/// [N, K]. The graph is the forward pass in evaluation as it was recorded, with normalised weights as constants.
/// </remarks>
public sealed class OnnxModel
{
    // The format's revision that came with the operators' edition (ONNX 1.12).
    private const int FormatRevision = 8;
    private const long MostBytes = int.MaxValue;

    private readonly ModelProto _model;

    private OnnxModel(GraphProto graph, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, string> metadata)
    {
        _model = new ModelProto
        {
            IrVersion = FormatRevision,
            ProducerName = "Sagan",
            ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorBook.Edition } },
        };
        _model.MetadataProps.Add(new StringStringEntryProto { Key = "classes", Value = JsonSerializer.Serialize(classNames) });
        foreach ((string key, string value) in metadata)
            _model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        GraphChecker.Check(_model);
    }

    /// <summary>The edition of the standard operators.</summary>
    public const int OperatorSet = OperatorBook.Edition;

    /// <summary>Number of nodes.</summary>
    public int NodeCount => _model.Graph.Node.Count;

    /// <summary>The message, for tests.</summary>
    internal ModelProto Message => _model;

    /// <summary>Makes the graph of a generator.</summary>
    /// <param name="generator">In evaluation.</param>
    /// <param name="classNames">Go into the file's metadata, as a list in JSON.</param>
    /// <param name="metadata">More of it.</param>
    /// <exception cref="OnnxException">It computes something that cannot be said; the message names layer and operator.</exception>
    public static OnnxModel Of(Generator generator, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, string> metadata)
    {
        using Scope scope = Scope.Open();
        (BatchStatistics Layer, string Name, Tensor Rows, Tensor Chosen)[] choices =
        [
            .. generator.SelfAndDescendants().OfType<BatchStatistics>().Where(layer => layer.Table is not null)
                .SelectMany(layer => layer.Choices.Select(choice => (layer, choice.Name, choice.Rows, choice.Chosen))),
        ];
        TracedGraph traced = TracedGraph.Of(
            count => [.. GeneratorInputs(generator, count), .. choices.Select(choice => choice.Chosen)],
            inputs => [generator.Forward(inputs[0]!, inputs[1])]);

        var graph = new GraphWriter();
        graph.Graph.Name = generator.Path;
        TracedValue z = traced.Inputs[0]!;
        graph.Input("z", z.Type, z.Shape, "standard normal numbers");
        InputCondition(graph, traced, generator.ConditionsOnPictures);
        graph.Input(TruncationInput.Name, DType.Float32, [1], Invariant($"z is moved into a normal distribution cut off at ± this; {TruncationInput.Off} and more: z as it is"));
        graph.Bind(z, TruncationInput.Write(graph, "z", scaled: choices.Length > 0));
        for (int i = 0; i < choices.Length; i++)
        {
            (BatchStatistics layer, string name, Tensor rows, _) = choices[i];
            graph.Bind(traced.Inputs[2 + i]!, TruncationInput.WriteChoice(graph, layer.Path, name, Read(rows), layer.Table!.Mixing));
        }

        Write(graph, traced);
        graph.Output("picture", traced.Outputs[0], "red, green and blue in [-1, 1]");
        return new OnnxModel(graph.Graph, classNames, metadata);
    }

    /// <summary>Makes the graph of a discriminator.</summary>
    /// <param name="discriminator">In evaluation.</param>
    /// <param name="model">What it was built from.</param>
    /// <param name="classNames">Go into the file's metadata, as a list in JSON.</param>
    /// <param name="metadata">More of it.</param>
    /// <exception cref="OnnxException">It computes something that cannot be said; the message names layer and operator.</exception>
    public static OnnxModel Of(
        Discriminator discriminator, ModelConfig model, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, string> metadata)
    {
        using Scope scope = Scope.Open();
        TracedGraph traced = TracedGraph.Of(
            count => DiscriminatorInputs(discriminator, model, count),
            inputs =>
            {
                Judgement judgement = discriminator.Judge(inputs[0]!, inputs[1]);
                return judgement.Classes is { } classes ? [judgement.Logits, classes] : [judgement.Logits];
            });

        var graph = new GraphWriter();
        graph.Graph.Name = discriminator.Path;
        TracedValue picture = traced.Inputs[0]!;
        graph.Input("picture", picture.Type, picture.Shape, "red, green and blue in [-1, 1]");
        graph.Bind(picture, "picture");
        InputCondition(graph, traced, model.ConditionsOnPictures);

        Write(graph, traced);
        graph.Output("logit", traced.Outputs[0], "the higher, the more real");
        if (traced.Outputs.Count > 1)
            graph.Output("classes", traced.Outputs[1], "a score for each class");
        return new OnnxModel(graph.Graph, classNames, metadata);
    }

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    /// <exception cref="OnnxException">It would be larger than one message of the format may be, 2 GiB.</exception>
    public void Write(string path)
    {
        long bytes = _model.Graph.Initializer.Sum(constant => (long)constant.RawData.Length);
        if (bytes > MostBytes)
            throw new OnnxException(path, Invariant($"would be {bytes:n0} bytes, more than the 2 GiB that a message may have; export to safetensors"));
        AtomicFile.Write(path, file => _model.WriteTo(file));
    }

    // A label that the network takes and does not look at is no input of the graph.
    private static void InputCondition(GraphWriter graph, TracedGraph traced, bool isPicture)
    {
        if (traced.Inputs[1] is not { } condition || !traced.Reads(condition))
            return;
        string name = isPicture ? "small" : "label";
        graph.Input(name, condition.Type, condition.Shape, isPicture ? "the picture to enlarge, in [-1, 1]" : "numbers of classes, from 0");
        graph.Bind(condition, name);
    }

    private static void Write(GraphWriter graph, TracedGraph traced)
    {
        foreach (TracedCall call in traced.Calls)
            OperatorBook.Write(call, graph);
    }

    private static Tensor?[] GeneratorInputs(Generator generator, int count)
    {
        using var random = new RandomSource((ulong)count);
        Tensor z = Tensor.Normal([count, generator.LatentSize], random);
        return [z, generator.IsConditional || generator.ConditionsOnPictures ? generator.ConditionOf(SomePictures(generator.Images, count, random)) : null];
    }

    private static Tensor?[] DiscriminatorInputs(Discriminator discriminator, ModelConfig model, int count)
    {
        using var random = new RandomSource((ulong)count);
        Batch pictures = SomePictures(discriminator.Images, count, random);
        if (!model.ConditionsOnPictures)
            return [pictures.Images, discriminator.IsConditional ? pictures.Labels : null];
        using Generator generator = model.BuildGenerator(discriminator.Images);
        return [pictures.Images, generator.ConditionOf(pictures)];
    }

    // The labels count up, and so differ between two batches.
    private static Batch SomePictures(ImageSpec images, int count, RandomSource random)
    {
        long[] labels = [.. Enumerable.Range(0, count).Select(i => (long)(count + i) % images.Classes)];
        return new Batch(Tensor.Normal([count, images.Channels, images.Resolution, images.Resolution], random), Tensor.From(labels, count));
    }

    private static HostArray Read(Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Count * tensor.DType.Size()];
        tensor.CopyBytesTo(bytes);
        return new HostArray(tensor.DType, tensor.Shape, bytes);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
