using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>Writes pickle opcodes, unless told otherwise of protocol 2, which every Python that torch ever ran on reads.</summary>
internal sealed class PickleWriter
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _code = new();

    /// <param name="protocol">Bytes need 3.</param>
    internal PickleWriter(byte protocol = 2)
    {
        Op(PickleOp.Protocol);
        Byte(protocol);
    }

    /// <summary>What was written so far.</summary>
    internal ReadOnlyMemory<byte> Code => _code.WrittenMemory;

    internal void Op(PickleOp op) => Byte((byte)op);

    internal void Bool(bool value) => Op(value ? PickleOp.NewTrue : PickleOp.NewFalse);

    internal void Integer(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value == (int)value)
        {
            Op(PickleOp.BinInt);
            _code.Write(bytes[..sizeof(int)]);
        }
        else
        {
            Op(PickleOp.Long1);
            Byte(sizeof(long));
            _code.Write(bytes);
        }
    }

    internal void Integers(ReadOnlySpan<long> values)
    {
        Op(PickleOp.Mark);
        foreach (long value in values)
            Integer(value);
        Op(PickleOp.Tuple);
    }

    internal void Real(double value)
    {
        Op(PickleOp.BinFloat);
        BinaryPrimitives.WriteDoubleBigEndian(_code.GetSpan(sizeof(double)), value);
        _code.Advance(sizeof(double));
    }

    internal void Text(string text)
    {
        byte[] bytes = s_strict.GetBytes(text);
        Op(PickleOp.BinUnicode);
        BinaryPrimitives.WriteInt32LittleEndian(_code.GetSpan(sizeof(int)), bytes.Length);
        _code.Advance(sizeof(int));
        _code.Write(bytes);
    }

    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        Op(PickleOp.BinBytes);
        BinaryPrimitives.WriteInt32LittleEndian(_code.GetSpan(sizeof(int)), bytes.Length);
        _code.Advance(sizeof(int));
        _code.Write(bytes);
    }

    internal void Global(string module, string name)
    {
        Op(PickleOp.Global);
        _code.Write(s_strict.GetBytes($"{module}\n{name}\n"));
    }

    /// <summary>A new collections.OrderedDict, which is what torch keeps a state in.</summary>
    internal void OrderedDict()
    {
        Global("collections", "OrderedDict");
        Op(PickleOp.EmptyTuple);
        Op(PickleOp.Reduce);
    }

    private void Byte(byte value)
    {
        _code.GetSpan(1)[0] = value;
        _code.Advance(1);
    }
}
