namespace Sagan.Tensors.Files;

/// <summary>numpy's npy files: one array each.</summary>
public static class NpyFile
{
    /// <summary>Reads an array. Big-endian and Fortran-ordered files are converted.</summary>
    /// <exception cref="ArrayFileException">The file is not npy, is damaged, takes 2 GiB or more, or holds structures or objects.</exception>
    public static HostArray Read(string path)
    {
        var place = new FilePlace(path, "npy");
        if (new FileInfo(path) is { Exists: true } file && file.Length > Array.MaxLength)
            throw place.Wrong($"{file.Length} bytes are more than one array can hold (2 GiB)");

        return NpyCodec.Decode(File.ReadAllBytes(path), place);
    }

    /// <summary>Writes an array in version 1.0: beside, flushed to the disk, renamed over <paramref name="path"/>.</summary>
    /// <exception cref="ArrayFileException">The array is <c>BFloat16</c>, which numpy does not have.</exception>
    public static void Write(string path, HostArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        AtomicFile.Write(path, stream => NpyCodec.Encode(stream, array, new FilePlace(path, "npy")));
    }
}
