namespace Sagan.Tensors.Files;

/// <summary>
/// What a torch.save file holds, of the zip format or of the one before torch 1.6: tensors in plain containers. Nothing
/// in the file is run; a file that asks for anything else is refused by the name of what it asks for.
/// </summary>
/// <remarks>
/// Whatever the file says, reading it allocates no more than four times its size and 128 MiB beside, and takes a time in
/// proportion.
/// </remarks>
public sealed class TorchArchive
{
    private TorchArchive(string path, object? root)
    {
        Path = path;
        Root = root;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// The saved object: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
    /// <see cref="HostArray"/>, <c>IReadOnlyList&lt;object?&gt;</c> (lists, tuples, torch.Size), or
    /// <c>IReadOnlyDictionary&lt;object, object?&gt;</c> with keys of <see cref="string"/> or <see cref="long"/>.
    /// </summary>
    public object? Root { get; }

    /// <summary>Reads a file, all of it; it is closed again on return. Tensors that share memory share it here too.</summary>
    /// <exception cref="ArrayFileException">The file is damaged, of the tar format of torch's first releases, or holds more than tensors and plain containers.</exception>
    public static TorchArchive Open(string path)
    {
        const int PickleProtocol = 0x80;

        byte[] start = TorchTar.ReadStart(path);
        if (TorchTar.IsTar(start))
            throw new ArrayFileException(path, "file", "a tar archive, as the first releases of torch wrote; load it with torch.load in Python and save it again with torch.save");

        object? value = start is [PickleProtocol, ..] ? TorchLegacyFormat.Read(path) : TorchZipFormat.Read(path);
        TorchTree.Check(value, new FilePlace(path, "saved object"));
        return new TorchArchive(path, value);
    }
}
