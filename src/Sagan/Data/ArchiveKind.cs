namespace Sagan.Data;

/// <summary>The archives that can be walked through.</summary>
internal enum ArchiveKind
{
    None,
    Zip,
    Tar,
    CompressedTar,
}
