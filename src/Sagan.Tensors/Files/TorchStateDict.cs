namespace Sagan.Tensors.Files;

/// <summary>Reads the tensors of a torch.save file by name.</summary>
public static class TorchStateDict
{
    /// <summary>
    /// Reads every tensor of a file, in the file's order. Nested containers are flattened: keys and list indices are
    /// joined with dots. Other values are passed over; <see cref="TorchArchive"/> shows them.
    /// </summary>
    /// <exception cref="ArrayFileException">The file is damaged, of the tar format of torch's first releases, or holds more than tensors and plain containers.</exception>
    public static IReadOnlyDictionary<string, HostArray> Read(string path) =>
        TorchTree.Flatten(TorchArchive.Open(path).Root, new FilePlace(path, "state dict"));
}
