namespace Sagan.Data;

/// <summary>Finds splits and classes in the paths of pictures.</summary>
/// <remarks>
/// The class is the first folder below the root, however deep the picture lies. A folder that only wraps
/// class folders, or train/test folders, is passed through and noted.
/// </remarks>
internal sealed class ClassLayout
{
    private static readonly string[] s_splits = ["train", "test", "val", "valid"];
    private readonly string _where;
    private readonly string? _wantedSplit;
    private readonly List<string> _notes = [];
    private string _prefix = "";

    private ClassLayout(string where, string? wantedSplit)
    {
        _where = where;
        _wantedSplit = wantedSplit;
    }

    /// <summary>The split that was taken, or null when the pictures have none.</summary>
    public string? Split { get; private set; }

    /// <summary>Sorted by code unit, so that labels do not depend on a language.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <summary>For a person: folder levels that were passed through.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Works out the layout.</summary>
    /// <param name="where">The folder or archive, for messages and the name of a single class.</param>
    /// <param name="pictures">Relative paths with forward slashes; at least one.</param>
    /// <param name="split">The wanted split, or null for the default.</param>
    /// <exception cref="DataException">The split is missing, or pictures lie beside class folders.</exception>
    public static ClassLayout Of(string where, IReadOnlyCollection<string> pictures, string? split)
    {
        var layout = new ClassLayout(where, split);
        List<string> inside = [.. pictures];
        while (layout.Enter(ref inside))
        {
        }

        if (split is not null && layout.Split is null)
            throw new DataException($"There is no '{split}' folder in '{where}'; leave the split out or name a folder that exists.");
        layout.NameClasses(inside);
        return layout;
    }

    /// <summary>The label of a picture, or null when it lies outside the split.</summary>
    public int? LabelOf(string path)
    {
        if (!path.StartsWith(_prefix, StringComparison.Ordinal))
            return null;
        return FolderOf(path) is string name ? IndexOf(name) : 0;
    }

    private bool Enter(ref List<string> inside)
    {
        List<string> folders = [.. inside.Select(FolderOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        bool picturesHere = inside.Any(path => FolderOf(path) is null);
        if (picturesHere || folders.Count == 0)
            return false;

        string? next = Split is null ? SplitAmong(folders) : null;
        if (next is not null)
        {
            Split = next;
        }
        else if (folders.Count == 1 && LeadsToClasses(inside, folders[0]))
        {
            next = folders[0];
            _notes.Add($"The extra folder level '{_prefix}{next}/' above the class folders was passed through.");
        }

        if (next is null)
            return false;
        _prefix += next + "/";
        inside = [.. inside.Where(path => path.StartsWith(_prefix, StringComparison.Ordinal))];
        return true;
    }

    // A train folder among others such as "car" is a class; only a level of nothing but split names is a split.
    private string? SplitAmong(List<string> folders)
    {
        if (_wantedSplit is not null)
            return folders.Find(folder => folder == _wantedSplit) ?? folders.Find(folder => IsSynonym(folder, _wantedSplit));
        if (!folders.TrueForAll(folder => s_splits.Contains(folder)))
            return null;
        if (folders.Contains("train"))
            return "train";
        return folders.Count == 1
            ? folders[0]
            : throw new DataException($"'{_where}' has the splits {string.Join(", ", folders)} and no train; choose one with --split.");
    }

    private static bool IsSynonym(string folder, string split) =>
        folder is "val" or "valid" && split is "val" or "valid" or "validation";

    // True when somewhere below a chain of single folders there are several folders, or a split.
    private bool LeadsToClasses(List<string> inside, string folder)
    {
        int start = _prefix.Length + folder.Length + 1;
        while (true)
        {
            List<string> below = [.. inside.Select(path => FirstPart(path, start) ?? "").Distinct()];
            if (below.Contains(""))
                return false;
            if (below.Count > 1 || (Split is null && s_splits.Contains(below[0])))
                return true;
            start += below[0].Length + 1;
        }
    }

    private void NameClasses(List<string> inside)
    {
        List<string> folders = [.. inside.Select(FolderOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        List<string> strays = [.. inside.Where(path => FolderOf(path) is null)];
        if (folders.Count > 0 && strays.Count > 0)
        {
            throw new DataException(
                $"{strays.Count} pictures lie beside the class folders of '{_where}' (first: {strays[0]}); move each into the folder of its class.");
        }

        ClassNames = folders.Count > 0 ? folders : [SingleClassName()];
    }

    private string SingleClassName() =>
        Split is null && _prefix.Length > 0 ? _prefix.TrimEnd('/').Split('/')[^1] : PictureSources.NameOf(_where);

    private string? FolderOf(string path) => FirstPart(path, _prefix.Length);

    private static string? FirstPart(string path, int start)
    {
        int slash = path.IndexOf('/', start);
        return slash < 0 ? null : path[start..slash];
    }

    private int? IndexOf(string name)
    {
        int index = ((List<string>)ClassNames).BinarySearch(name, StringComparer.Ordinal);
        return index < 0 ? null : index;
    }
}
