namespace Sagan.Tensors.Files;

/// <summary>The names of storages in torch files, torch.FloatStorage and its kin, and the element types they stand for.</summary>
internal static class TorchStorageType
{
    internal const string Module = "torch";

    internal static readonly IReadOnlyDictionary<DType, string> Names = new Dictionary<DType, string>
    {
        [DType.Float32] = "FloatStorage",
        [DType.Float64] = "DoubleStorage",
        [DType.Float16] = "HalfStorage",
        [DType.BFloat16] = "BFloat16Storage",
        [DType.Int64] = "LongStorage",
        [DType.Int32] = "IntStorage",
        [DType.Int16] = "ShortStorage",
        [DType.Int8] = "CharStorage",
        [DType.UInt8] = "ByteStorage",
        [DType.Bool] = "BoolStorage",
    };
}
