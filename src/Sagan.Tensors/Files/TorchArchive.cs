using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>
/// What a torch.save file (the zip format, torch 1.6 and later) holds: tensors in plain containers. Nothing in the
/// file is run; a file that asks for anything else is refused by the name of what it asks for.
/// </summary>
public sealed class TorchArchive
{
    /// <summary>What separates the folder and the file that every archive begins with.</summary>
    private const string PickleName = "/data.pkl";

    /// <summary>A BigGAN takes some 200 KB. One byte can make an empty dict of a hundred, so this bounds the memory too.</summary>
    private const int MaxPickle = 16 << 20;

    private TorchArchive(string path, object? root)
    {
        Path = path;
        Root = root;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// The saved object: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
    /// <see cref="HostArray"/>, <c>IReadOnlyList&lt;object?&gt;</c> (lists, tuples, torch.Size), or
    /// <c>IReadOnlyDictionary&lt;object, object?&gt;</c> with keys of <see cref="string"/> or <see cref="long"/>.
    /// </summary>
    public object? Root { get; }

    /// <summary>Reads a file, all of it; it is closed again on return. Tensors that share memory share it here too.</summary>
    /// <exception cref="ArrayFileException">The file is damaged, of the older format, or holds more than tensors and plain containers.</exception>
    public static TorchArchive Open(string path)
    {
        RefuseOldFormat(path);
        using ArrayZip zip = ArrayZip.Open(path);

        string root = FindRoot(path, zip);
        var storages = new TorchStorages(zip, root, IsBigEndian(zip, root + "byteorder"));
        string pickle = root + PickleName[1..];
        FilePlace place = zip.Place(pickle);
        if (zip.Length(pickle) > MaxPickle)
            throw place.Wrong($"{zip.Length(pickle)} bytes are more than the limit of {MaxPickle}; tensors are kept elsewhere");

        object? value = PickleMachine.Run(zip.ReadStored(pickle), place, new TorchGlobals(storages, place));
        TorchTree.Check(value, place);
        return new TorchArchive(path, value);
    }

    private static void RefuseOldFormat(string path)
    {
        const int PickleProtocol = 0x80;

        using FileStream stream = File.OpenRead(path);
        if (stream.ReadByte() == PickleProtocol)
            throw new ArrayFileException(path, "file", "a bare pickle, as torch.save wrote before version 1.6; load it in Python and save it again");
    }

    private static string FindRoot(string path, ArrayZip zip)
    {
        string[] pickles = [.. zip.Names.Where(IsPickle)];
        if (pickles.Length != 1)
            throw new ArrayFileException(path, "zip archive", $"expected one data.pkl in the top folder, found {pickles.Length}; this is not a torch.save file");

        return pickles[0][..^(PickleName.Length - 1)];
    }

    private static bool IsPickle(string name) =>
        name.EndsWith(PickleName, StringComparison.Ordinal) && name.IndexOf('/', StringComparison.Ordinal) == name.Length - PickleName.Length;

    /// <summary>Archives of older versions of torch lack the entry; they are taken for little-endian, as torch takes them.</summary>
    private static bool IsBigEndian(ArrayZip zip, string entry)
    {
        string order = zip.Contains(entry) ? Encoding.UTF8.GetString(zip.ReadStored(entry)) : "little";
        return order is "little" or "big" ? order == "big" : throw zip.Place(entry).Wrong($"unknown byte order '{order}'");
    }
}
