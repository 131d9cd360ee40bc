namespace Sagan.Tensors.Files;

/// <summary>
/// Writes torch files of the zip format, which torch.load reads since version 1.6, also with <c>weights_only=True</c>:
/// they mention nothing but tensors and plain containers. (Only torch 1.13 refuses real numbers beside the tensors there.)
/// </summary>
public static class TorchWriter
{
    private const string Folder = "archive/";

    /// <summary>
    /// Writes a file beside, flushes it to the disk and renames it over <paramref name="path"/>; on failure nothing is left
    /// behind and an older file of that name stays. Equal input gives equal bytes.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="value">
    /// What torch.load will return: null, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>,
    /// <see cref="string"/>, a tensor as <see cref="HostArray"/> or <see cref="StreamedArray"/>, a dictionary with keys of
    /// strings or integers (an OrderedDict there), or a list of such values, at most 64 deep. An array that occurs
    /// twice is stored once, and its tensors share their memory there.
    /// </param>
    /// <exception cref="ArgumentException">The value holds something else; the message names its place.</exception>
    /// <exception cref="ArrayFileException">An array wrote another number of bytes than its shape takes.</exception>
    public static void Write(string path, object? value)
    {
        (ReadOnlyMemory<byte> pickle, IReadOnlyList<StreamedArray> storages) = TorchPickler.Pickle(value);

        AtomicFile.Write(path, stream =>
        {
            using var zip = new StoredZipWriter(path, stream);
            Add(zip, "data.pkl", pickle);
            Add(zip, "byteorder", "little"u8.ToArray());
            for (int i = 0; i < storages.Count; i++)
                zip.Add($"{Folder}data/{i}", storages[i].Length, storages[i].WriteTo);

            // The version of the format, not of the software.
            Add(zip, "version", "3\n"u8.ToArray());
            zip.Finish();
        });
    }

    private static void Add(StoredZipWriter zip, string name, ReadOnlyMemory<byte> content) =>
        zip.Add(Folder + name, content.Length, stream => stream.Write(content.Span));
}
