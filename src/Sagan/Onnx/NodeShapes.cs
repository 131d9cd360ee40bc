using System.Runtime.InteropServices;
using Sagan.Onnx.Schema;

namespace Sagan.Onnx;

/// <summary>What a node's result is derived from: the types of its inputs, constants among them, and its settings.</summary>
internal sealed class NodeShapes(NodeProto node, IReadOnlyDictionary<string, GraphShape> known, IReadOnlyDictionary<string, TensorProto> constants)
{
    private readonly HashSet<string> _settingsRead = [];

    internal string Operation => node.OpType;

    internal int InputCount => node.Input.Count;

    /// <summary>The type of an input that must be there.</summary>
    internal GraphShape this[int place] => Has(place)
        ? known.GetValueOrDefault(node.Input[place]) ?? throw Problem($"reads {node.Input[place]}, which nothing made before")
        : throw Problem($"lacks its input {place}");

    internal bool Has(int place) => place < node.Input.Count && node.Input[place].Length > 0;

    /// <summary>The values of an input that must be a list of integers known beforehand.</summary>
    internal long[] Integers(int place) => MemoryMarshal.Cast<byte, long>(Constant(place, TensorProto.Types.DataType.Int64).RawData.Span).ToArray();

    /// <summary>The values of an input that must be a list of numbers known beforehand.</summary>
    internal float[] Numbers(int place) => MemoryMarshal.Cast<byte, float>(Constant(place, TensorProto.Types.DataType.Float).RawData.Span).ToArray();

    /// <summary>A setting that must be there.</summary>
    internal long[] Setting(string name) => Find(name) is { } setting ? [.. setting.Ints] : throw Problem($"lacks its setting {name}");

    /// <summary>A setting with a default.</summary>
    internal long Setting(string name, long otherwise) => Find(name) is { } setting ? setting.I : otherwise;

    /// <summary>A setting that shapes do not depend on.</summary>
    internal bool Mentions(string name) => Find(name) is not null;

    /// <summary>Refuses what the operator does not have.</summary>
    internal void RequireNothingElse(int mostInputs)
    {
        if (node.Input.Count > mostInputs)
            throw Problem($"has {node.Input.Count} inputs, more than {mostInputs}");
        if (node.Attribute.FirstOrDefault(setting => !_settingsRead.Contains(setting.Name)) is { } unknown)
            throw Problem($"has a setting {unknown.Name} that its operator does not have");
    }

    internal OnnxException Problem(string problem) => new($"{node.Name} ({node.OpType})", problem);

    private AttributeProto? Find(string name)
    {
        _settingsRead.Add(name);
        return node.Attribute.SingleOrDefault(setting => setting.Name == name);
    }

    private TensorProto Constant(int place, TensorProto.Types.DataType type)
    {
        if (this[place].Type != type || this[place].Rank > 1 || !constants.TryGetValue(node.Input[place], out TensorProto? constant))
            throw Problem($"its input {place} is not a constant list of {type}");
        return constant;
    }
}
