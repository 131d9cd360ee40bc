namespace Sagan.Data;

/// <summary>How far a download has come.</summary>
/// <param name="Address">Of the file.</param>
/// <param name="Done">Bytes on disk, those of an earlier, broken attempt among them.</param>
/// <param name="Total">Bytes of the file.</param>
public readonly record struct DownloadProgress(Uri Address, long Done, long Total);
