using System.Buffers.Binary;
using System.Globalization;

namespace Sagan.Data;

/// <summary>Recognises MNIST and its kin: an IDX file of pictures and one of labels, perhaps compressed.</summary>
/// <remarks>
/// The format: two zero bytes, 8 for unsigned bytes, the number of dimensions, the dimensions as big-endian
/// 32-bit numbers, the samples (http://yann.lecun.com/exdb/mnist).
/// </remarks>
internal static class IdxFiles
{
    private const string PicturesPart = "images";

    /// <summary>The source, or null when the tree has no such pair.</summary>
    public static PictureSource? TryOpen(FileTree tree, string? split)
    {
        List<int> candidates = [.. Enumerable.Range(0, tree.Files.Count).Where(i => IsPictureFile(tree.Files[i]))];
        if (candidates.Count == 0)
            return null;

        string chosen = split ?? "train";
        string prefix = chosen == "test" ? "t10k" : chosen;
        List<int> matching = candidates.FindAll(i => tree.Files[i].Name.Contains(prefix, StringComparison.Ordinal)
            || tree.Files[i].Name.Contains(chosen, StringComparison.Ordinal));
        string found = string.Join(", ", candidates.Select(i => tree.Files[i].Name));
        if (matching.Count != 1)
            throw new DataException($"'{tree.FullPath}' has {matching.Count} picture files for the split '{chosen}' (found: {found}); keep exactly one.");

        return Read(tree, matching[0], chosen);
    }

    private static RawSource Read(FileTree tree, int pictureFile, string split)
    {
        string pictureName = tree.Files[pictureFile].Path;
        int labelFile = LabelFileOf(tree, pictureName);
        (int[] shape, byte[] pixels) = Parse(tree, pictureFile, dimensions: 3);
        (int[] labelShape, byte[] labels) = Parse(tree, labelFile, dimensions: 1);
        if (shape[0] != labelShape[0])
            throw new DataException($"'{pictureName}' has {shape[0]} pictures, its label file {labelShape[0]} labels; fetch both again.");

        int header = 4 + (4 * shape.Length);
        int size = shape[1] * shape[2];
        byte[] values = labels[8..];
        int classes = values.Length == 0 ? 0 : values.Max() + 1;
        var source = new RawSource
        {
            ShortName = PictureSources.NameOf(tree.FullPath, split),
            Kind = $"IDX files, split {split}",
            Classes = [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            Width = shape[2],
            Height = shape[1],
            Channels = 1,
        };

        for (int i = 0; i < values.Length; i++)
            source.Add(new PictureEntry($"{pictureName}#{i}", values[i]), pixels.AsMemory(header + (i * size), size));
        return source;
    }

    private static bool IsPictureFile(StoredFile file) =>
        file.Path.Contains("idx3", StringComparison.Ordinal) && file.Name.Contains("idx3", StringComparison.Ordinal) && file.Name.Contains(PicturesPart, StringComparison.Ordinal);

    private static int LabelFileOf(FileTree tree, string pictureName)
    {
        string stem = pictureName.Replace(PicturesPart, "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        stem = WithoutGz(stem);
        for (int i = 0; i < tree.Files.Count; i++)
        {
            if (WithoutGz(tree.Files[i].Path) == stem)
                return i;
        }

        throw new DataException($"'{pictureName}' in '{tree.FullPath}' has no label file '{stem}' beside it; fetch that too.");
    }

    private static string WithoutGz(string path) => path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;

    private static (int[] Shape, byte[] Bytes) Parse(FileTree tree, int file, int dimensions)
    {
        byte[] bytes = tree.Load(file);
        int header = 4 + (4 * dimensions);
        if (bytes.Length < header || BinaryPrimitives.ReadInt32BigEndian(bytes) != (0x0800 | dimensions))
            throw new DataException($"'{tree.Files[file].Path}' in '{tree.FullPath}' is no IDX file of bytes with {dimensions} dimensions.");

        var shape = new int[dimensions];
        long expected = 1;
        for (int i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            expected *= Math.Max(shape[i], 0);
        }

        if (bytes.Length != header + expected)
            throw new DataException($"'{tree.Files[file].Path}' in '{tree.FullPath}' has {bytes.Length} bytes, not {header + expected}; fetch it again.");
        return (shape, bytes);
    }
}
