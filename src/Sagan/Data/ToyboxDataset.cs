using System.Globalization;
using Sagan.Data.Toybox;

namespace Sagan.Data;

/// <summary>The toybox as a data set: every picture is drawn when it is read, nothing is stored.</summary>
internal sealed class ToyboxDataset(ToyboxConfig config) : Dataset
{
    /// <inheritdoc/>
    public override string Name => "toybox";

    /// <inheritdoc/>
    public override string Fingerprint => string.Create(
        CultureInfo.InvariantCulture, $"{ToyboxPictures.Edition:x4}{config.Resolution:x4}{config.PerClass:x8}{config.Seed:x16}");

    /// <inheritdoc/>
    public override int Count => config.PerClass * ToyboxPictures.ClassCount;

    /// <inheritdoc/>
    public override int Channels => 3;

    /// <inheritdoc/>
    public override int Height => config.Resolution;

    /// <inheritdoc/>
    public override int Width => config.Resolution;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ToyboxPictures.ClassNames;

    /// <inheritdoc/>
    public override int LabelOf(int index) => index / config.PerClass;

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> chw) =>
        ToyboxPictures.Render(LabelOf(index), index % config.PerClass, config.Seed, config.Resolution, chw);
}
