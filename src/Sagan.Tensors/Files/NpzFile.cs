using System.IO.Compression;

namespace Sagan.Tensors.Files;

/// <summary>numpy's npz files: a zip archive of npy files, one for each named array.</summary>
public static class NpzFile
{
    private const string Suffix = ".npy";

    /// <summary>Zip's earliest date, so that equal arrays give equal bytes.</summary>
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Reads all arrays, stored or compressed, in the archive's order. Compressed ones may expand to 64 MiB and 16 times the
    /// file together, so that a small file cannot fill the memory.
    /// </summary>
    /// <exception cref="ArrayFileException">The archive is damaged, or an entry is not an npy file that <see cref="NpyFile"/> reads.</exception>
    public static IReadOnlyDictionary<string, HostArray> Read(string path)
    {
        using ArrayZip zip = ArrayZip.Open(path);

        var arrays = new OrderedDictionary<string, HostArray>();
        foreach (string name in zip.Names)
        {
            if (!name.EndsWith(Suffix, StringComparison.Ordinal))
                throw zip.Place(name).Wrong($"not an array: its name does not end in {Suffix}");

            arrays.Add(name[..^Suffix.Length], NpyCodec.Decode(zip.Read(name), zip.Place(name)));
        }

        return arrays;
    }

    /// <summary>Writes arrays: beside, flushed to the disk, renamed over <paramref name="path"/>. Equal input gives equal bytes.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="arrays">The arrays by name, written in their order.</param>
    /// <param name="compress">Deflate the arrays; otherwise they are stored.</param>
    /// <exception cref="ArrayFileException">An array is <c>BFloat16</c>, or a name occurs twice.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, HostArray>> arrays, bool compress = true)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var names = new HashSet<string>();
            foreach ((string name, HostArray array) in arrays)
            {
                var place = new FilePlace(path, $"array '{name}'");
                if (!names.Add(name))
                    throw place.Wrong("given twice");

                ZipArchiveEntry entry = zip.CreateEntry(name + Suffix, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = s_noTime;
                using Stream content = entry.Open();
                NpyCodec.Encode(content, array, place);
            }
        });
    }
}
