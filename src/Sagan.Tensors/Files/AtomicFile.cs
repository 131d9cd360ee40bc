namespace Sagan.Tensors.Files;

/// <summary>Writes a file so that its name never stands for half of it: beside, flushed to the disk, renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, replacing one of that name. When <paramref name="write"/> throws, nothing is left behind.</summary>
    internal static void Write(string path, Action<FileStream> write)
    {
        string beside = $"{path}.tmp-{Guid.NewGuid():n}";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
