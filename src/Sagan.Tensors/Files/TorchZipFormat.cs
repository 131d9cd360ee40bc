using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>
/// What torch.save writes since version 1.6: a zip archive with one top folder that holds data.pkl, a pickle, and
/// data/0, data/1 and so on, the bytes of the storages, stored and not compressed.
/// </summary>
internal static class TorchZipFormat
{
    /// <summary>What separates the folder and the file that every archive begins with.</summary>
    private const string PickleName = "/data.pkl";

    /// <summary>A BigGAN takes some 200 KB; arrays of numpy's, which stand in the pickle, 48 MiB for a covariance of 2,048 features.</summary>
    private const int MaxPickle = 64 << 20;

    /// <summary>Reads a whole file; its values are not checked yet.</summary>
    internal static object? Read(string path)
    {
        using ArrayZip zip = ArrayZip.Open(path);

        string root = FindRoot(path, zip);
        var storages = new TorchZipStorages(zip, root, IsBigEndian(zip, root + "byteorder"));
        string pickle = root + PickleName[1..];
        FilePlace place = zip.Place(pickle);
        if (zip.Length(pickle) > MaxPickle)
            throw place.Wrong($"{zip.Length(pickle)} bytes are more than the limit of {MaxPickle}; save tensors of torch instead of arrays of numpy");

        var globals = new TorchGlobals(storages, place);
        var code = new PickleBytes(zip.ReadStored(pickle), place);
        object? value = PickleMachine.Run(code, globals, new PickleBudget(zip.FileLength, place));
        globals.CopyViews();
        return value;
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
        const int LongestOrder = 16;

        if (!zip.Contains(entry))
            return false;
        if (zip.Length(entry) > LongestOrder)
            throw zip.Place(entry).Wrong($"{zip.Length(entry)} bytes for the name of a byte order");

        string order = Encoding.UTF8.GetString(zip.ReadStored(entry));
        return order is "little" or "big" ? order == "big" : throw zip.Place(entry).Wrong($"unknown byte order '{order}'");
    }
}
