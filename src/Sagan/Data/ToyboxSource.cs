using Sagan.Data.Toybox;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>The toybox as if somebody had stored it, for those who inspect or pack it.</summary>
public sealed class ToyboxSource : PictureSource
{
    private readonly Dataset _pictures;

    /// <summary>The pictures of a configuration.</summary>
    /// <exception cref="DataException">The configuration cannot be.</exception>
    public ToyboxSource(ToyboxConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _pictures = config.Open();
        Description = $"built-in pictures, drawn at {config.Resolution}x{config.Resolution}";
        Entries = [.. Enumerable.Range(0, _pictures.Count).Select(i => new PictureEntry($"{ClassNames[_pictures.LabelOf(i)]}/{i % config.PerClass:d5}", _pictures.LabelOf(i)))];
    }

    /// <inheritdoc/>
    public override string Name => _pictures.Name;

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ToyboxPictures.ClassNames;

    /// <inheritdoc/>
    public override IReadOnlyList<PictureEntry> Entries { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => [];

    /// <inheritdoc/>
    public override IEnumerable<Picture> Read() => Enumerable.Range(0, _pictures.Count).Select(i => Picture.Drawn(i, () => Draw(i)));

    /// <inheritdoc/>
    public override IReadOnlyList<ImageHeader?> ReadHeaders() =>
        [.. Enumerable.Repeat(new ImageHeader(_pictures.Width, _pictures.Height, IsGray: false, HasAlpha: false), _pictures.Count)];

    private Raster Draw(int index)
    {
        byte[] chw = new byte[_pictures.BytesPerPicture];
        _pictures.Read(index, chw);
        return Raster.FromPlanar(_pictures.Width, _pictures.Height, _pictures.Channels, chw);
    }
}
