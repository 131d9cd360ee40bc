using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>The tar archives of torch's first releases, which are recognised and not read.</summary>
internal static class TorchTar
{
    private const int Block = 512;

    /// <summary>Where a tar header of POSIX or GNU says "ustar"; the oldest form says nothing there.</summary>
    private const int MagicAt = 257;

    /// <summary>What such an archive consists of; each name fills a field of zeros.</summary>
    private static readonly string[] s_members = ["sys_info\0", "pickle\0", "storages\0", "tensors\0"];

    /// <summary>As much of a file's start as <see cref="IsTar"/> looks at.</summary>
    internal static byte[] ReadStart(string path)
    {
        using FileStream stream = File.OpenRead(path);
        var start = new byte[Block];
        return start[..stream.ReadAtLeast(start, Block, throwOnEndOfStream: false)];
    }

    internal static bool IsTar(ReadOnlySpan<byte> start)
    {
        if (start.Length < Block)
            return false;

        string name = Encoding.Latin1.GetString(start[..16]);
        return start[MagicAt..].StartsWith("ustar"u8) || s_members.Any(member => name.StartsWith(member, StringComparison.Ordinal));
    }
}
