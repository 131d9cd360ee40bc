using System.Buffers.Binary;
using System.Text;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Writes pickles opcode by opcode, after Python's Lib/pickletools.py; independent of the reader's own table.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _code = [0x80, 2];

    public byte[] Stop() => [.. _code, (byte)'.'];

    public PickleBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _code.AddRange(bytes);
        return this;
    }

    public PickleBuilder Op(char op) => Raw((byte)op);

    public PickleBuilder Mark() => Op('(');

    public PickleBuilder Global(string module, string name) => Raw([(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")]);

    public PickleBuilder Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Op('X').Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    /// <summary>LONG1 with eight bytes, which holds any size a test may claim.</summary>
    public PickleBuilder Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBuilder Longs(params ReadOnlySpan<long> values)
    {
        Mark();
        foreach (long value in values)
            Long(value);

        return Op('t');
    }

    public PickleBuilder OrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R');

    public PickleBuilder Storage(string type, string key, long elements) =>
        Mark().Text("storage").Global("torch", type).Text(key).Text("cpu").Long(elements).Op('t').Op('Q');

    /// <summary>A persistent id of the older format, of some elements of a storage.</summary>
    public PickleBuilder PartOfStorage(string type, string key, long elements, long first, long count) =>
        Mark().Text("storage").Global("torch", type).Text(key).Text("cpu").Long(elements)
            .Mark().Text("part").Long(first).Long(count).Op('t').Op('t').Op('Q');

    /// <summary>A call of torch._utils._rebuild_tensor_v2 as torch.save writes it.</summary>
    public PickleBuilder Tensor(string type, string key, long elements, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Mark()
            .Storage(type, key, elements).Long(offset).Longs(shape).Longs(strides).Raw(0x89).OrderedDict()
            .Op('t').Op('R');
}
