using System.Text.Json.Serialization;
using Sagan.Data;
using Sagan.Data.Toybox;
using Sagan.Imaging;
using Sagan.Models;

namespace Sagan.Training.Best;

/// <summary>Share of the grid's pictures in which the toybox's oracle finds their class, sound: a true measure of quality, on the toybox only.</summary>
public sealed record ToyboxMetric : SnapshotMetric
{
    internal const string Kind = "toybox";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => Kind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Require(Dataset dataset)
    {
        if (dataset.Channels != 3 || !dataset.ClassNames.SequenceEqual(ToyboxPictures.ClassNames))
            throw new ConfigException("keep.best", "the metric toybox judges the built-in toybox only; on other pictures choose diversity");
    }

    internal override double? Measure(SnapshotReading reading)
    {
        (Raster Picture, int Label)[] pictures = [.. reading.Grid.SelectMany((row, label) => row.Select(picture => (picture, label)))];
        bool[] sound = new bool[pictures.Length];
        Parallel.For(0, pictures.Length, i => sound[i] = IsSound(pictures[i].Picture, pictures[i].Label));
        return Math.Round(sound.Count(each => each) / (double)sound.Length, 4);
    }

    private static bool IsSound(Raster picture, int label)
    {
        byte[] chw = new byte[picture.Pixels.Length];
        picture.CopyPlanar(chw);
        return ToyboxOracle.Defect(label, chw, picture.Width) < ToyboxOracle.SoundBelow;
    }
}
