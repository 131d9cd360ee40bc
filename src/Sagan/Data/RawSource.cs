using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Pictures of one size that are stored as plain samples, held in memory.</summary>
internal sealed class RawSource : PictureSource
{
    private readonly List<PictureEntry> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _planar = [];

    public required string ShortName { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Channels { get; init; }

    public override string Name => ShortName;

    public override string Description => Kind;

    public override IReadOnlyList<string> ClassNames => Classes;

    public override IReadOnlyList<PictureEntry> Entries => _entries;

    public override IReadOnlyList<string> Notes => [];

    /// <param name="entry">Name and label.</param>
    /// <param name="planar">[channels, height, width]</param>
    public void Add(PictureEntry entry, ReadOnlyMemory<byte> planar)
    {
        if (entry.Label >= Classes.Count)
            throw new DataException($"{entry.Name} has the label {entry.Label}, but there are {Classes.Count} classes; the file is damaged.");
        _entries.Add(entry);
        _planar.Add(planar);
    }

    public override IEnumerable<Picture> Read() =>
        Enumerable.Range(0, _entries.Count).Select(i => Picture.Raw(i, Width, Height, Channels, _planar[i]));

    public override IReadOnlyList<ImageHeader?> ReadHeaders()
    {
        var header = new ImageHeader(Width, Height, Channels == 1, HasAlpha: false);
        return [.. Enumerable.Repeat(header, _entries.Count)];
    }
}
