using Google.Protobuf;
using Google.Protobuf.Collections;
using Sagan.Onnx.Schema;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Onnx;

/// <summary>A graph being written: nodes, constants, and names for both.</summary>
internal sealed class GraphWriter
{
    private readonly Dictionary<TracedValue, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _lists = [];
    private readonly HashSet<string> _taken = [];
    private string _layer = "";

    /// <summary>What was written so far.</summary>
    internal GraphProto Graph { get; } = new();

    /// <summary>Declares an input.</summary>
    /// <param name="name">What callers know it by.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="shape">Its sizes; <see cref="TracedValue.BatchSize"/> for the batch's.</param>
    /// <param name="meaning">A sentence for whoever looks at the file.</param>
    internal void Input(string name, DType type, IReadOnlyList<long> shape, string meaning)
    {
        Take(name);
        Graph.Input.Add(Info(name, type, shape, meaning));
    }

    /// <summary>Gives a node's result a name that callers know, as an output.</summary>
    internal void Output(string name, TracedValue value, string meaning)
    {
        string old = _names[value];
        Take(name);
        foreach (NodeProto node in Graph.Node)
        {
            Replace(node.Input, old, name);
            Replace(node.Output, old, name);
        }

        Graph.ValueInfo.Remove(Graph.ValueInfo.Single(info => info.Name == old));
        Graph.Output.Add(Info(name, value.Type, value.Shape, meaning));
        _names[value] = name;
    }

    /// <summary>All that is written from now on belongs to a layer, and is named after it.</summary>
    internal void Enter(string layer) => _layer = layer;

    /// <summary>A recorded value gets the name of something that is in the graph.</summary>
    internal void Bind(TracedValue value, string name) => _names[value] = name;

    /// <summary>The name of a recorded value; constants are written when they are first asked for.</summary>
    /// <param name="value">What an operator reads.</param>
    /// <param name="role">What a constant is to its layer, for its name.</param>
    internal string Name(TracedValue value, string role)
    {
        if (_names.TryGetValue(value, out string? name))
            return name;
        HostArray constant = value.Constant ?? throw new OnnxException(_layer, $"its {role} comes from nowhere");
        return _names[value] = Constant(role, constant);
    }

    /// <summary>Writes a constant.</summary>
    /// <returns>Its name.</returns>
    internal string Constant(string role, HostArray values)
    {
        string name = Fresh(role);
        Graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)ElementType.Of(values.DType),
            Dims = { values.Shape.ToArray() },
            RawData = ByteString.CopyFrom(values.Bytes),
        });
        return name;
    }

    /// <summary>Writes a number.</summary>
    internal string Scalar(string role, double value) => Constant(role, HostArray.Of<float>([(float)value]));

    /// <summary>Writes a list of sizes or axes; equal lists are written once.</summary>
    internal string Integers(params ReadOnlySpan<long> values)
    {
        string key = string.Join("_", values.ToArray()).Replace('-', 'm');
        if (!_lists.TryGetValue(key, out string? name))
        {
            (string layer, _layer) = (_layer, "");
            _lists[key] = name = Constant($"integers_{key}", HostArray.Of(values, values.Length));
            _layer = layer;
        }

        return name;
    }

    /// <summary>Writes a node with one result.</summary>
    /// <returns>The name of the result, which is the node's own.</returns>
    internal string Node(string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = Fresh(operation);
        Graph.Node.Add(new NodeProto { Name = name, OpType = operation, Input = { inputs }, Output = { name }, Attribute = { attributes.ToArray() } });
        return name;
    }

    /// <summary>Writes the node that makes a call's result.</summary>
    internal void Result(TracedCall call, string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = Node(operation, inputs, attributes);
        Bind(call.Result, name);
        Graph.ValueInfo.Add(Info(name, call.Result.Type, call.Result.Shape, null));
    }

    private static ValueInfoProto Info(string name, DType type, IReadOnlyList<long> shape, string? meaning)
    {
        var sizes = new TensorShapeProto();
        foreach (long size in shape)
        {
            sizes.Dim.Add(size == TracedValue.BatchSize
                ? new TensorShapeProto.Types.Dimension { DimParam = GraphShape.BatchName }
                : new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        var info = new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Of(type), Shape = sizes } },
        };
        if (meaning is not null)
            info.DocString = meaning;
        return info;
    }

    private string Fresh(string role)
    {
        string stem = _layer.Length > 0 ? $"{_layer}.{role}" : role;
        string name = stem;
        for (int i = 2; _taken.Contains(name); i++)
            name = $"{stem}_{i}";
        Take(name);
        return name;
    }

    private void Take(string name)
    {
        if (!_taken.Add(name))
            throw new InvalidOperationException($"There are two values called {name}.");
    }

    private static void Replace(RepeatedField<string> names, string old, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == old)
                names[i] = name;
        }
    }
}
