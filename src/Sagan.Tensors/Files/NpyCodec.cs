using System.Buffers.Binary;
using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>The npy format between bytes and arrays (numpy.lib.format, versions 1.0, 2.0 and 3.0).</summary>
internal static class NpyCodec
{
    /// <summary>numpy pads so that the data starts at a multiple of this.</summary>
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a whole npy file. Little-endian C order is shown in place, anything else is copied.</summary>
    internal static HostArray Decode(Memory<byte> file, FilePlace place)
    {
        (string text, int start) = SplitHeader(file.Span, place);
        NpyHeader header = NpyHeader.Parse(text, place);
        if (!Extent.TryBytes(header.Shape, header.Type, out long expected, out string problem))
            throw place.Wrong(problem);

        Memory<byte> data = file[start..];
        if (data.Length != expected)
        {
            string which = data.Length < expected ? "truncated" : "trailing bytes";
            throw place.Wrong($"{which}: shape {Extent.Print(header.Shape)} of {header.Type} takes {expected} bytes, the file holds {data.Length}");
        }

        if (header.BigEndian)
            ByteOrder.Reverse(data.Span, header.Type.Size());

        return new HostArray(header.Type, header.Shape, header.FortranOrder ? Transpose(header, data.Span) : data);
    }

    /// <summary>Writes an npy file of version 1.0.</summary>
    internal static void Encode(Stream stream, HostArray array, FilePlace place)
    {
        string descr = NpyType.Name(array.DType)
            ?? throw place.Wrong($"npy has no {array.DType}; convert with ToFloat32 or write safetensors");

        string header = NpyHeader.Format(descr, array.Shape);
        int preamble = Magic.Length + 2 + sizeof(ushort);
        int padded = (preamble + header.Length + Alignment) / Alignment * Alignment - preamble;
        header = header.PadRight(padded - 1) + '\n';

        stream.Write(Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.Latin1.GetBytes(header));
        stream.Write(array.Bytes);
    }

    private static byte[] Transpose(NpyHeader header, ReadOnlySpan<byte> data)
    {
        var elements = new byte[data.Length];
        StridedView.Fortran(header.Shape).CopyTo(data, header.Type.Size(), elements);
        return elements;
    }

    private static (string Text, int DataStart) SplitHeader(ReadOnlySpan<byte> file, FilePlace place)
    {
        if (!file.StartsWith(Magic))
            throw place.Wrong("not an npy file: it does not begin with \\x93NUMPY");

        int version = file.Length > Magic.Length + 1 ? file[Magic.Length] : throw place.Wrong("truncated in the header");
        if (version is < 1 or > 3 || file[Magic.Length + 1] != 0)
            throw place.Wrong($"version {version}.{file[Magic.Length + 1]} is not supported; known are 1.0, 2.0 and 3.0");

        // Version 2 widened the length, version 3 changed the text from Latin-1 to UTF-8.
        int lengthBytes = version == 1 ? sizeof(ushort) : sizeof(uint);
        ReadOnlySpan<byte> rest = file[(Magic.Length + 2)..];
        if (rest.Length < lengthBytes)
            throw place.Wrong("truncated in the header");

        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(rest) : BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[lengthBytes..];
        if (length > rest.Length)
            throw place.Wrong($"truncated: the header claims {length} bytes, the file has {rest.Length} left");

        Encoding encoding = version == 3 ? Encoding.UTF8 : Encoding.Latin1;
        return (encoding.GetString(rest[..(int)length]), file.Length - rest.Length + (int)length);
    }
}
