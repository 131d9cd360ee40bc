namespace Sagan.Tensors.Files;

/// <summary>The storages of a torch archive, "data/0", "data/1" and so on, each read once, when first asked for.</summary>
internal sealed class TorchZipStorages : ITorchStorages
{
    private readonly ArrayZip _zip;
    private readonly string _folder;
    private readonly bool _bigEndian;
    private readonly Dictionary<string, TorchStorage> _read = [];

    /// <param name="zip">The archive.</param>
    /// <param name="root">Its top folder with a slash, such as "archive/".</param>
    /// <param name="bigEndian">Whether the writing machine put the largest byte first.</param>
    internal TorchZipStorages(ArrayZip zip, string root, bool bigEndian)
    {
        _zip = zip;
        _folder = root + "data/";
        _bigEndian = bigEndian;
        TotalBytes = zip.Names.Where(name => name.StartsWith(_folder, StringComparison.Ordinal)).Sum(zip.StoredLength);
    }

    public long TotalBytes { get; }

    public TorchStorage Get(string key, DType type, long elements)
    {
        FilePlace place = _zip.Place(_folder + key);
        if (!_zip.Contains(_folder + key))
            throw place.Wrong("the archive has no such storage");

        long held = _zip.Length(_folder + key);
        if (elements < 0 || held % type.Size() != 0 || held / type.Size() != elements)
            throw place.Wrong($"claims {elements} elements of {type}, the entry holds {held} bytes");

        if (!_read.TryGetValue(key, out TorchStorage? storage))
            _read.Add(key, storage = Read(key, type, elements));
        if (storage.Type != type)
            throw place.Wrong($"used both as {storage.Type} and as {type}, which torch.save never writes");

        return storage;
    }

    private TorchStorage Read(string key, DType type, long elements)
    {
        byte[] bytes = _zip.ReadStored(_folder + key);
        if (_bigEndian)
            ByteOrder.Reverse(bytes, type.Size());

        return new TorchStorage(key, type, elements, bytes);
    }
}
