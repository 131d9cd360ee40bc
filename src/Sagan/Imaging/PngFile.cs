using Sagan.Tensors.Files;

namespace Sagan.Imaging;

/// <summary>Pictures as PNG files.</summary>
public static class PngFile
{
    /// <summary>Writes a picture; the file appears whole or not at all, and an older one is replaced.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="picture">One, three or four channels.</param>
    /// <param name="texts">Text chunks, see <see cref="PngCodec.Encode"/>.</param>
    public static void Write(string path, Raster picture, IReadOnlyDictionary<string, string>? texts = null)
    {
        byte[] png = PngCodec.Encode(picture, texts);
        AtomicFile.Write(path, stream => stream.Write(png));
    }
}
