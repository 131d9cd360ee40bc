using System.Security.Cryptography;

namespace Sagan.Data;

/// <summary>A published file: where it is, and what it must be.</summary>
/// <param name="Address">An http or https address; redirections are followed.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of all bytes, 64 lower-case digits.</param>
public sealed record RemoteFile(Uri Address, long Length, string Sha256)
{
    /// <summary>Whether a local file is this one, byte by byte.</summary>
    public bool IsSameAs(string path) => new FileInfo(path) is { Exists: true } file && file.Length == Length && HashOf(path) == Sha256;

    internal static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
