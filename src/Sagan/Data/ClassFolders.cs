namespace Sagan.Data;

/// <summary>Recognises pictures in class folders, perhaps below train/ and test/.</summary>
internal static class ClassFolders
{
    /// <summary>The source, or null when the tree has no picture.</summary>
    public static PictureSource? TryOpen(FileTree tree, string? split)
    {
        List<string> pictures = [.. tree.Files.Select(file => file.Path).Where(PictureNames.IsPicture)];
        if (pictures.Count == 0)
            return null;

        ClassLayout layout = ClassLayout.Of(tree.FullPath, pictures, split);
        return new EncodedSource(tree, layout.ClassNames, Label(tree, layout))
        {
            ShortName = PictureSources.NameOf(tree.FullPath, layout.Split),
            Kind = layout.Split is null ? "class folders" : $"class folders, split {layout.Split}",
            Remarks = layout.Notes,
        };
    }

    private static IEnumerable<LabelledFile> Label(FileTree tree, ClassLayout layout)
    {
        for (int i = 0; i < tree.Files.Count; i++)
        {
            string path = tree.Files[i].Path;
            if (PictureNames.IsPicture(path) && layout.LabelOf(path) is int label)
                yield return new LabelledFile(i, label);
        }
    }
}
