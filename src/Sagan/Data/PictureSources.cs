namespace Sagan.Data;

/// <summary>Opens pictures wherever they are stored; what they are is found out from the content.</summary>
public static class PictureSources
{
    private static readonly string[] s_archiveEndings = [".tar.gz", ".tgz", ".tar", ".zip"];

    /// <summary>Opens a folder or a .zip, .tar or .tar.gz archive.</summary>
    /// <param name="path">Class folders, a dataset.json with pictures, CIFAR binary files or IDX files, or an archive of one.</param>
    /// <param name="split">Such as "train" or "test"; null takes "train" where there are splits.</param>
    /// <exception cref="DataException">Nothing there that is known, or it is damaged or incomplete.</exception>
    public static PictureSource Open(string path, string? split = null) => Open(FileTree.Open(path), split);

    /// <summary>What a listed folder or archive holds, which becomes the owner of the tree.</summary>
    /// <exception cref="DataException">Nothing that is known, or it is damaged or incomplete.</exception>
    internal static PictureSource Open(FileTree tree, string? split)
    {
        PictureSource? source = null;
        try
        {
            source = LabelledPictures.TryOpen(tree, split)
                ?? CifarFiles.TryOpen(tree, split)
                ?? IdxFiles.TryOpen(tree, split)
                ?? ClassFolders.TryOpen(tree, split)
                ?? throw Unknown(tree);
            return source;
        }
        finally
        {
            // Only encoded pictures are read later.
            if (source is not EncodedSource)
                tree.Dispose();
        }
    }

    /// <summary>The last part of a path without an archive's ending, with the split behind it.</summary>
    internal static string NameOf(string path, string? split = null)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        string? ending = Array.Find(s_archiveEndings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        if (ending is not null && ending.Length < name.Length)
            name = name[..^ending.Length];
        return split is null ? name : $"{name}-{split}";
    }

    private static DataException Unknown(FileTree tree) => new(
        $"No pictures found among the {tree.Files.Count} files of '{tree.FullPath}'; looked for class folders with JPEG or PNG files, " +
        "a dataset.json, CIFAR binary files (data_batch_1.bin, fine_label_names.txt) and IDX files (train-images-idx3-ubyte).");
}
