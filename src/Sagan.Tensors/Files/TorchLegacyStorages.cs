using System.Buffers.Binary;

namespace Sagan.Tensors.Files;

/// <summary>
/// The storages of a file of the older format. They follow the pickle that mentions them, so each is given memory when it
/// is first mentioned, never more together than the file is long, and filled at the end.
/// </summary>
internal sealed class TorchLegacyStorages(string path, MappedFile file) : ITorchStorages
{
    private readonly Dictionary<string, TorchStorage> _claimed = [];
    private readonly Dictionary<string, byte[]> _unfilled = [];
    private long _room = file.Length;

    public long TotalBytes => file.Length;

    public TorchStorage Get(string key, DType type, long elements)
    {
        if (!_claimed.TryGetValue(key, out TorchStorage? storage))
            _claimed.Add(key, storage = Claim(key, type, elements));
        if (storage.Type != type || storage.Elements != elements)
            throw Place(key).Wrong($"used both as {storage.Elements} elements of {storage.Type} and as {elements} of {type}, which torch.save never writes");

        return storage;
    }

    /// <summary>Reads every storage that was mentioned.</summary>
    /// <param name="keys">What the pickle of keys held: the order of the storages in the file.</param>
    /// <param name="at">Where the first begins.</param>
    internal void Fill(object? keys, long at)
    {
        if (keys is not List<object?> list || !list.TrueForAll(key => key is string))
            throw new ArrayFileException(path, "storage keys", "not a list of strings");

        foreach (string key in list.Cast<string>())
            at = Fill(key, at);

        if (_unfilled.Count > 0)
            throw Place(_unfilled.Keys.First()).Wrong("a tensor needs it, the file's list of storages lacks it");
        if (at != file.Length)
            throw new ArrayFileException(path, "end of the file", $"{file.Length - at} bytes follow the last storage");
    }

    private TorchStorage Claim(string key, DType type, long elements)
    {
        if (elements < 0 || elements > _room / type.Size())
            throw Place(key).Wrong($"claims {elements} elements of {type}, for which the file of {file.Length} bytes has no room");
        if (elements * type.Size() > Array.MaxLength)
            throw Place(key).Wrong($"{elements * type.Size()} bytes are more than one array can hold (2 GiB)");

        var bytes = new byte[elements * type.Size()];
        _room -= bytes.Length;
        _unfilled.Add(key, bytes);
        return new TorchStorage(key, type, elements, bytes);
    }

    /// <summary>Reads one storage, a count of elements and the elements, and returns where it ends.</summary>
    private long Fill(string key, long at)
    {
        if (!_unfilled.Remove(key, out byte[]? target))
            throw Place(key).Wrong(_claimed.ContainsKey(key) ? "listed twice" : "listed, but no tensor needs it");
        if (at > file.Length - sizeof(long) - target.Length)
            throw Place(key).Wrong($"truncated: {sizeof(long) + target.Length} bytes wanted at byte {at}, {file.Length - at} are left");

        long count = BinaryPrimitives.ReadInt64LittleEndian(file.Slice(at, sizeof(long)).Span);
        if (count != _claimed[key].Elements)
            throw Place(key).Wrong($"has {count} elements at byte {at}, the tensors need {_claimed[key].Elements}");

        file.Slice(at + sizeof(long), target.Length).Span.CopyTo(target);
        return at + sizeof(long) + target.Length;
    }

    private FilePlace Place(string key) => new(path, $"storage '{key}'");
}
