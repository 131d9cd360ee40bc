using System.IO.Compression;
using System.Text.Json;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Writes pictures as a zip with dataset.json, which Sagan and the StyleGAN family read without further preparation.</summary>
/// <remarks>
/// Names, uncompressed PNG and zip mode STORED as dataset_tool.py of NVlabs/stylegan3 writes them;
/// "class_names" is an addition that its readers ignore.
/// </remarks>
public static class DatasetPacker
{
    private const int PicturesInFolder = 1000;

    // The oldest time a zip can tell: the same pictures give the same file.
    private static readonly DateTimeOffset s_timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive; the file appears when it is complete.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="transform">What is done to each.</param>
    /// <param name="path">The zip to write; an older file is replaced.</param>
    /// <param name="skipBad">Leave out pictures that cannot be decoded, rather than refuse.</param>
    /// <param name="progress">Told about the packing.</param>
    /// <returns>The pictures that were left out.</returns>
    /// <exception cref="DataException">There are bad pictures and they are not to be skipped.</exception>
    public static IReadOnlyList<BadPicture> Pack(
        PictureSource source, PictureTransform transform, string path, bool skipBad = false, IProgress<DataProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(transform);
        using var file = new AtomicFile(path);
        var good = new SortedSet<int>();
        var bad = new List<BadPicture>();

        using (var zip = new ZipArchive(file.Stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var pass = new PicturePass(source, "Packing", progress);
            foreach (PassResult<byte[]> result in pass.Run(picture => Encode(picture, transform)))
            {
                if (result.Value is not byte[] png)
                {
                    bad.Add(new BadPicture(source.Entries[result.Index].Name, result.Failure!));
                    continue;
                }

                Write(zip, NameOf(result.Index), png);
                good.Add(result.Index);
            }

            BadPictures.Judge(source.Name, bad, good.Count, skipBad);
            Write(zip, LabelledPictures.LabelFile, Labels(source, good));
        }

        file.Commit();
        return bad;
    }

    /// <summary>Folder and file from an eight-digit number, counted in the order of the source's entries.</summary>
    private static string NameOf(int index) => $"{index / PicturesInFolder:D5}/img{index:D8}.png";

    private static byte[] Encode(Picture picture, PictureTransform transform) =>
        PngCodec.Encode(transform.Apply(picture.Decode(transform.DecodeShortSide)), compression: 0);

    private static void Write(ZipArchive zip, string name, byte[] content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_timestamp;
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Labels(PictureSource source, SortedSet<int> good) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["labels"] = good.Select(i => new object[] { NameOf(i), source.Entries[i].Label }),
        ["class_names"] = source.ClassNames,
    });
}
