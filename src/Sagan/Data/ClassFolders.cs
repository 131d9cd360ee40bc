namespace Sagan.Data;

/// <summary>Recognises pictures in class folders, perhaps below train/ and test/.</summary>
internal static class ClassFolders
{
    /// <summary>The source, or null when the tree has no picture.</summary>
    public static PictureSource? TryOpen(FileTree tree, string? split)
    {
        List<int> pictures = [.. Enumerable.Range(0, tree.Files.Count).Where(i => PictureNames.IsPicture(tree.Files[i].Path))];
        if (pictures.Count == 0)
            return null;

        ClassLayout layout = ClassLayout.Of(tree.FullPath, pictures.ConvertAll(i => tree.Files[i].Path), split);
        IEnumerable<(int File, int Label)> labelled =
            from file in pictures
            let label = layout.LabelOf(tree.Files[file].Path)
            where label is not null
            select (file, label.Value);

        return new EncodedSource(tree, layout.ClassNames, labelled)
        {
            ShortName = PictureSources.NameOf(tree.FullPath, layout.Split),
            Kind = layout.Split is null ? "class folders" : $"class folders, split {layout.Split}",
            Remarks = layout.Notes,
        };
    }
}
