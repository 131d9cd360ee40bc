namespace Sagan.Tensors.Files;

/// <summary>
/// Python's pickles that hold arrays of numpy's and plain values, as caches of statistics do. Nothing in the file is run; one
/// that asks for anything else is refused by the name of what it asks for.
/// </summary>
public static class PickleFile
{
    /// <summary>
    /// Reads a file, all of it. The values are those of <see cref="TorchArchive.Root"/>; arrays of numpy's are
    /// <see cref="HostArray"/>.
    /// </summary>
    /// <exception cref="ArrayFileException">The file is damaged, takes 2 GiB or more, or holds more than arrays and plain containers.</exception>
    public static object? Read(string path)
    {
        var place = new FilePlace(path, "pickle");
        using MappedFile file = MappedFile.Open(path) ?? throw place.Wrong("the file is empty");
        if (file.Length > Array.MaxLength)
            throw place.Wrong($"{file.Length} bytes are more than can be read at once (2 GiB)");

        var globals = new TorchGlobals(new NoStorages(place), place);
        object? value = PickleMachine.Run(new PickleBytes(file.Slice(0, (int)file.Length), place), globals, new PickleBudget(file.Length, place));
        TorchTree.Check(value, place);
        return value;
    }

    /// <summary>A pickle that stands alone has no storages beside it.</summary>
    private sealed class NoStorages(FilePlace place) : ITorchStorages
    {
        public long TotalBytes => 0;

        public TorchStorage Get(string key, DType type, long elements) =>
            throw place.Wrong($"refers to storage '{key}', which only files of torch.save have");
    }

    /// <summary>Writes a dictionary of truth values, integers, empty lists and arrays, which Python reads where numpy is; it appears whole or not at all.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, object>> entries)
    {
        ReadOnlyMemory<byte> code = NumpyPickler.Pickle(entries);
        AtomicFile.Write(path, file => file.Write(code.Span));
    }
}
