using Sagan.Onnx.Schema;
using Sagan.Tensors;

namespace Sagan.Onnx;

/// <summary>Element types as ONNX numbers them.</summary>
internal static class ElementType
{
    internal static TensorProto.Types.DataType Of(DType type) => type switch
    {
        DType.Float32 => TensorProto.Types.DataType.Float,
        DType.Int64 => TensorProto.Types.DataType.Int64,
        DType.Bool => TensorProto.Types.DataType.Bool,
        _ => throw new OnnxException(type.ToString(), "no value of a network in evaluation has this type"),
    };
}
