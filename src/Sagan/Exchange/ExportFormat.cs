using Sagan.Onnx;

namespace Sagan.Exchange;

/// <summary>A kind of file that networks are exported to; its name in lower case is the file's ending.</summary>
public enum ExportFormat
{
    /// <summary>Arrays behind a header of JSON, which also carries the configuration.</summary>
    Safetensors,

    /// <summary>What torch.load reads.</summary>
    Pth,

    /// <summary>What numpy.load reads.</summary>
    Npz,

    /// <summary>A graph of one network that ONNX Runtime and others run: <see cref="OnnxModel"/>.</summary>
    Onnx,
}
