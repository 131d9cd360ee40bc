using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>libtorch refused a call.</summary>
public class TorchException : Exception
{
    /// <summary>Creates the exception for an operator or native function and libtorch's own message.</summary>
    public TorchException(string operation, string message)
        : base($"{operation}: {FirstLines(message)}") => Operation = operation;

    /// <summary>The operator (<c>aten::add.Tensor</c>) or native function that failed.</summary>
    public string Operation { get; }

    // libtorch appends a C++ stack trace after the message proper.
    private static string FirstLines(string message)
    {
        int trace = message.IndexOf("\nException raised from", StringComparison.Ordinal);
        return (trace < 0 ? message : message[..trace]).Trim();
    }

    /// <summary>Throws what a native status stands for; returns on success.</summary>
    internal static void ThrowIfFailed(NativeStatus status, string operation)
    {
        if (status != NativeStatus.Ok)
            Throw(status, operation);
    }

    private static unsafe void Throw(NativeStatus status, string operation)
    {
        string message = Marshal.PtrToStringUTF8((nint)NativeMethods.sagan_last_error()) ?? "no message";
        throw status switch
        {
            NativeStatus.OutOfMemory => new OutOfDeviceMemoryException(operation, message),
            _ => new TorchException(operation, message),
        };
    }
}

/// <summary>A device, or the host, has no room for a tensor.</summary>
public sealed class OutOfDeviceMemoryException : TorchException
{
    /// <summary>Creates the exception for an operator and libtorch's own message, which names the sizes.</summary>
    public OutOfDeviceMemoryException(string operation, string message)
        : base(operation, message)
    {
    }
}

/// <summary>A tensor has not the shape that a layer asks for.</summary>
public sealed class ShapeException : Exception
{
    /// <summary>Creates the exception: where, what was expected, what came.</summary>
    /// <param name="place">Path of the layer, for instance <c>generator.block3.norm1</c>.</param>
    /// <param name="expected">The expected shape in letters and numbers.</param>
    /// <param name="actual">The shape that came.</param>
    public ShapeException(string place, string expected, ReadOnlySpan<long> actual)
        : base($"{place}: expected {expected}, got [{string.Join(", ", actual.ToArray())}]")
    {
    }
}

/// <summary>The native shim, or the libtorch it is linked with, could not be loaded.</summary>
public sealed class TorchNotFoundException : Exception
{
    /// <summary>Creates the exception from the list of places that were tried.</summary>
    public TorchNotFoundException(IReadOnlyList<string> attempts)
        : base("libtorch could not be loaded; run `sagan doctor` for the cure. Tried: " + string.Join("; ", attempts))
    {
    }
}
