using System.Buffers.Binary;

namespace Sagan.Tensors.Files;

/// <summary>
/// A safetensors file opened for reading. The file is mapped, not read: opening costs its header, and files above
/// 2 GiB work as long as each single tensor stays below.
/// </summary>
/// <remarks>Arrays taken from it are valid until it is disposed. The file must not be shortened while it is open.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;

    private readonly MappedFile _mapping;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsRange> _tensors;

    private SafetensorsFile(string path, MappedFile mapping)
    {
        long headerLength = ReadHeaderLength(path, mapping);
        _dataStart = LengthBytes + headerLength;
        byte[] json = mapping.Slice(LengthBytes, (int)headerLength).ToArray();
        SafetensorsHeader header = SafetensorsHeader.Parse(path, json, mapping.Length - _dataStart);

        Path = path;
        _mapping = mapping;
        _tensors = header.Tensors.ToDictionary(tensor => tensor.Name);
        Metadata = header.Metadata;
        Names = [.. header.Tensors.Select(tensor => tensor.Name)];
    }

    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>The free-form strings that the header carries beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names of the tensors, in the order of their data in the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A tensor's data, in place; valid until the file is disposed.</summary>
    /// <exception cref="ArrayFileException">The file has no such tensor, or it takes 2 GiB or more.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public HostArray this[string name]
    {
        get
        {
            if (!_tensors.TryGetValue(name, out SafetensorsRange? tensor))
                throw new ArrayFileException(Path, $"tensor '{name}'", "not in the file");

            long length = tensor.End - tensor.Begin;
            if (length > int.MaxValue)
                throw new ArrayFileException(Path, $"tensor '{name}'", $"{length} bytes are more than one array can show (2 GiB)");

            return new HostArray(tensor.Type, tensor.Shape, _mapping.Slice(_dataStart + tensor.Begin, (int)length));
        }
    }

    /// <summary>Opens a file and checks all of its header.</summary>
    /// <exception cref="ArrayFileException">The file is not a valid safetensors file; the message says where and why.</exception>
    public static SafetensorsFile Open(string path)
    {
        MappedFile mapping = MappedFile.Open(path) ?? throw new ArrayFileException(path, "header", "truncated: the file is empty");
        try
        {
            return new SafetensorsFile(path, mapping);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>True if the file has a tensor of that name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Unmaps the file; arrays taken from it are dead.</summary>
    public void Dispose() => _mapping.Dispose();

    private static long ReadHeaderLength(string path, MappedFile mapping)
    {
        if (mapping.Length < LengthBytes)
            throw new ArrayFileException(path, "header", $"truncated: {mapping.Length} bytes do not hold the 8-byte header length");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(mapping.Slice(0, LengthBytes).Span);
        if (length > SafetensorsHeader.MaxLength)
            throw new ArrayFileException(path, "header", $"claims {length} bytes, more than the limit of {SafetensorsHeader.MaxLength}; this is not a safetensors file");
        if ((long)length > mapping.Length - LengthBytes)
            throw new ArrayFileException(path, "header", $"truncated: claims {length} bytes, the file has {mapping.Length - LengthBytes} left");

        return (long)length;
    }
}
