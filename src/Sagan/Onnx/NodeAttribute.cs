using Google.Protobuf;
using Sagan.Onnx.Schema;

namespace Sagan.Onnx;

/// <summary>Named settings of nodes.</summary>
internal static class NodeAttribute
{
    internal static AttributeProto Of(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    internal static AttributeProto Of(string name, double value) => new() { Name = name, F = (float)value, Type = AttributeProto.Types.AttributeType.Float };

    internal static AttributeProto Of(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    internal static AttributeProto Of(string name, params ReadOnlySpan<long> values) =>
        new() { Name = name, Ints = { values.ToArray() }, Type = AttributeProto.Types.AttributeType.Ints };
}
