using System.Text.Json;

namespace Sagan.Data;

/// <summary>Recognises pictures with a dataset.json, the format of the StyleGAN family's dataset_tool.py.</summary>
/// <remarks>
/// <c>{"labels": [["00000/img00000000.png", 6], …]}</c>, or labels null for one class. Sagan also writes and reads
/// "class_names"; without it a class is named by its number.
/// </remarks>
internal static class LabelledPictures
{
    public const string LabelFile = "dataset.json";

    /// <summary>The source, or null when the tree has no dataset.json at its root or below a single folder.</summary>
    public static PictureSource? TryOpen(FileTree tree, string? split)
    {
        int labelFile = Enumerable.Range(0, tree.Files.Count)
            .Where(i => tree.Files[i].IsNamed(LabelFile) && tree.Files[i].Path.Count(c => c == '/') <= 1)
            .OrderBy(i => tree.Files[i].Path.Length)
            .FirstOrDefault(-1);
        if (labelFile < 0)
            return null;
        if (split is not null)
            throw new DataException($"'{tree.FullPath}' has a {LabelFile} and no splits; leave the split out.");

        string root = tree.Files[labelFile].Path[..^LabelFile.Length];
        LabelTable table = Parse(tree, labelFile);
        return new EncodedSource(tree, table.ClassNames, Label(tree, root, table))
        {
            ShortName = PictureSources.NameOf(tree.FullPath),
            Kind = "pictures with dataset.json",
        };
    }

    private static LabelTable Parse(FileTree tree, int labelFile)
    {
        try
        {
            using var json = JsonDocument.Parse(tree.Load(labelFile));
            return LabelTable.Parse(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            throw new DataException($"'{tree.Files[labelFile].Path}' in '{tree.FullPath}' cannot be used: {wrong.Message}", wrong);
        }
    }

    private static IEnumerable<LabelledFile> Label(FileTree tree, string root, LabelTable table)
    {
        for (int i = 0; i < tree.Files.Count; i++)
        {
            string path = tree.Files[i].Path;
            if (!PictureNames.IsPicture(path) || !path.StartsWith(root, StringComparison.Ordinal))
                continue;

            int label = table.LabelOf(path[root.Length..])
                ?? throw new DataException($"'{path}' in '{tree.FullPath}' has no label in {LabelFile}; add it or remove the picture.");
            yield return new LabelledFile(i, label);
        }
    }
}
