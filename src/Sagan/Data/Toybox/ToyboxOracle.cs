using Sagan.Data.Toybox.Oracle;

namespace Sagan.Data.Toybox;

/// <summary>
/// Judges from pixels alone, real or generated, whether a toybox picture keeps the long-range promise of its
/// class: a face's eyes share a colour, a butterfly mirrors itself, a flag's outer bands are alike.
/// </summary>
public static class ToyboxOracle
{
    /// <summary>At 32 pixels or more, sound pictures score less.</summary>
    public const double SoundBelow = 0.2;

    /// <summary>At 32 pixels or more, pictures with one wrong part score more.</summary>
    public const double FlawedAbove = 0.35;

    /// <summary>A colour distance that is as bad as any: about that of red to blue.</summary>
    private const double WorstDisagreement = 0.5;

    /// <summary>Silhouettes of true pictures fit better than this.</summary>
    private const double LeastFit = 0.6;

    /// <summary>How far the structure of a picture is from what its class promises.</summary>
    /// <param name="classIndex">The class that the picture is meant to show, 0 to 9.</param>
    /// <param name="chw">Planar sRGB bytes [3, resolution, resolution].</param>
    /// <param name="resolution">Pixels along each side, from 8 to 128; calibrated from 32.</param>
    /// <returns>0 (perfect) to 1 (wrong, or no such toy to be seen).</returns>
    public static double Defect(int classIndex, ReadOnlySpan<byte> chw, int resolution)
    {
        RequireShape(chw.Length, resolution);
        return Judge(classIndex, JudgedPicture.FromBytes(chw, resolution));
    }

    /// <inheritdoc cref="Defect(int, ReadOnlySpan{byte}, int)"/>
    /// <param name="classIndex">The class that the picture is meant to show, 0 to 9.</param>
    /// <param name="chw">Planar values [3, resolution, resolution] in [-1, 1], as generators emit them.</param>
    /// <param name="resolution">Pixels along each side, from 8 to 128; calibrated from 32.</param>
    public static double Defect(int classIndex, ReadOnlySpan<float> chw, int resolution)
    {
        RequireShape(chw.Length, resolution);
        return Judge(classIndex, JudgedPicture.FromFloats(chw, resolution));
    }

    private static double Judge(int classIndex, JudgedPicture picture)
    {
        ToyClass toy = ToyboxPictures.Class(classIndex);
        Sighting sighting = Search.Find(toy, picture);
        return sighting.Fit < LeastFit ? 1 : Math.Min(1, toy.Disagreement(sighting) / WorstDisagreement);
    }

    private static void RequireShape(int length, int resolution)
    {
        ToyboxPictures.RequireResolution(resolution);
        ToyboxPictures.RequireLength(length, resolution);
    }
}
