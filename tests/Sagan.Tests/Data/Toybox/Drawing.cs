using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

/// <summary>Pictures for the tests, as planar bytes [3, resolution, resolution].</summary>
internal static class Drawing
{
    public static byte[] JudgedPicture(int classIndex, int pictureIndex, long seed, int resolution)
    {
        byte[] chw = new byte[3 * resolution * resolution];
        ToyboxPictures.Render(classIndex, pictureIndex, seed, resolution, chw);
        return chw;
    }

    public static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs((double)x - y)).Average();
}
