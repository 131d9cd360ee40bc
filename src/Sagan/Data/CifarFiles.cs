using System.Text;

namespace Sagan.Data;

/// <summary>Recognises the binary versions of CIFAR-10 and CIFAR-100 (fine labels).</summary>
/// <remarks>Records as on https://www.cs.toronto.edu/~kriz/cifar.html: label bytes (CIFAR-100: coarse, then fine), then 3x32x32 samples.</remarks>
internal static class CifarFiles
{
    private const int Side = 32;
    private const int PictureBytes = 3 * Side * Side;

    /// <summary>The source, or null when the tree holds neither.</summary>
    public static PictureSource? TryOpen(FileTree tree, string? split)
    {
        if (Find(tree, "data_batch_1.bin") is not null || (Find(tree, "test_batch.bin") is not null))
        {
            return Open(tree, split, labelBytes: 1, "batches.meta.txt", isTest => isTest
                ? ["test_batch.bin"]
                : ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"]);
        }

        if (Find(tree, "fine_label_names.txt") is not null)
            return Open(tree, split, labelBytes: 2, "fine_label_names.txt", isTest => [isTest ? "test.bin" : "train.bin"]);

        if (Find(tree, "data_batch_1") is not null || (Find(tree, "meta") is not null && Find(tree, "train") is not null))
            throw new DataException($"'{tree.FullPath}' is the Python version of CIFAR; fetch the binary version (cifar-10-binary.tar.gz or cifar-100-binary.tar.gz).");
        return null;
    }

    private static RawSource Open(FileTree tree, string? split, int labelBytes, string nameFile, Func<bool, string[]> filesOf)
    {
        if (split is not (null or "train" or "test"))
            throw new DataException($"CIFAR in '{tree.FullPath}' has the splits train and test, not '{split}'.");

        string[] files = filesOf(split == "test");
        Dictionary<string, byte[]> contents = LoadAll(tree, [.. files, nameFile]);
        string[] names = Encoding.ASCII.GetString(contents[nameFile]).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var source = new RawSource
        {
            ShortName = PictureSources.NameOf(tree.FullPath, split ?? "train"),
            Kind = $"CIFAR-{(labelBytes == 1 ? 10 : 100)} binary files, split {split ?? "train"}",
            Classes = names,
            Width = Side,
            Height = Side,
            Channels = 3,
        };

        foreach (string file in files)
            AddRecords(source, file, contents[file], labelBytes);
        return source;
    }

    private static Dictionary<string, byte[]> LoadAll(FileTree tree, string[] names)
    {
        Dictionary<int, string> wanted = names.ToDictionary(name => Find(tree, name)
            ?? throw new DataException($"CIFAR in '{tree.FullPath}' is incomplete: {name} is missing; fetch it again."));
        return tree.Read(wanted.Keys.ToHashSet()).ToDictionary(file => wanted[file.Index], file => file.Take());
    }

    private static void AddRecords(RawSource source, string file, byte[] bytes, int labelBytes)
    {
        int record = labelBytes + PictureBytes;
        if (bytes.Length % record != 0)
            throw new DataException($"{file} has {bytes.Length} bytes, which is no multiple of {record}; it is truncated, fetch it again.");

        for (int at = 0; at < bytes.Length; at += record)
        {
            var entry = new PictureEntry($"{file}#{at / record}", bytes[at + labelBytes - 1]);
            source.Add(entry, bytes.AsMemory(at + labelBytes, PictureBytes));
        }
    }

    private static int? Find(FileTree tree, string name)
    {
        for (int i = 0; i < tree.Files.Count; i++)
        {
            if (tree.Files[i].IsNamed(name))
                return i;
        }

        return null;
    }
}
