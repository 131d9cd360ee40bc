namespace Sagan.Tensors.Tests.Files;

/// <summary>Composes files of torch's older format after its description in torch/serialization.py; independent of the reader.</summary>
internal static class TorchLegacy
{
    public static readonly byte[] Magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static readonly byte[] Version = [0x80, 2, (byte)'M', 0xe9, 3, (byte)'.'];

    public static readonly byte[] SystemInformation = new PickleBuilder().Op('}').Text("little_endian").Raw(0x88).Op('s').Stop();

    /// <summary>A whole file: the storages are written in their order, with the count of elements that is given.</summary>
    public static byte[] Compose(byte[] pickle, params ReadOnlySpan<(string Key, long Elements, byte[] Content)> storages)
    {
        var keys = new PickleBuilder().Op(']').Mark();
        var data = new List<byte>();
        foreach ((string key, long elements, byte[] content) in storages)
        {
            keys.Text(key);
            data.AddRange([.. BitConverter.GetBytes(elements), .. content]);
        }

        return [.. Magic, .. Version, .. SystemInformation, .. pickle, .. keys.Op('e').Stop(), .. data];
    }
}
