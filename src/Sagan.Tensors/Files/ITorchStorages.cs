namespace Sagan.Tensors.Files;

/// <summary>The storages of one torch file, by the names that its pickle gives them.</summary>
internal interface ITorchStorages
{
    /// <summary>What all storages hold together, in bytes, at most.</summary>
    long TotalBytes { get; }

    /// <summary>A storage, which must be as large as the pickle claims. Its bytes may come later: in the older format they follow the pickle.</summary>
    TorchStorage Get(string key, DType type, long elements);
}
