using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Pictures that are files of a tree.</summary>
internal sealed class EncodedSource : PictureSource
{
    private readonly FileTree _tree;
    private readonly List<int> _files = [];
    private readonly List<PictureEntry> _entries = [];
    private readonly IReadOnlyList<string> _classNames;

    /// <param name="tree">Owned from now on.</param>
    /// <param name="classNames">The name of each label.</param>
    /// <param name="pictures">File index and label of every picture, in any order.</param>
    public EncodedSource(FileTree tree, IReadOnlyList<string> classNames, IEnumerable<LabelledFile> pictures)
    {
        _tree = tree;
        _classNames = classNames;

        foreach (LabelledFile picture in pictures.OrderBy(picture => tree.Files[picture.File].Path, StringComparer.Ordinal))
        {
            _files.Add(picture.File);
            _entries.Add(new PictureEntry(tree.Files[picture.File].Path, picture.Label));
        }
    }

    public required string ShortName { get; init; }

    public required string Kind { get; init; }

    public IReadOnlyList<string> Remarks { get; init; } = [];

    public override string Name => ShortName;

    public override string Description => Kind;

    public override IReadOnlyList<string> ClassNames => _classNames;

    public override IReadOnlyList<PictureEntry> Entries => _entries;

    public override IReadOnlyList<string> Notes => Remarks;

    public override IEnumerable<Picture> Read()
    {
        var indexOf = new Dictionary<int, int>();
        for (int i = 0; i < _files.Count; i++)
            indexOf[_files[i]] = i;

        foreach (LoadableFile file in _tree.Read(new HashSet<int>(_files)))
            yield return Picture.Encoded(indexOf[file.Index], _tree.Files[file.Index].Length, file.Load);
    }

    public override IReadOnlyList<ImageHeader?> ReadHeaders() => _tree.ReadHeaders(_files);

    protected override void Dispose(bool disposing)
    {
        _tree.Dispose();
        base.Dispose(disposing);
    }
}
