using Sagan.Data;

namespace Sagan.Metrics.Features;

/// <summary>Where the weights of the FID Inception network come from: a file somebody names, the cache, or their publisher.</summary>
public static class InceptionSource
{
    /// <summary>What the publisher calls the file; it must have this name in the cache.</summary>
    public const string FileName = "pt_inception-2015-12-05-6726825d.pth";

    internal const string Cure = "name a file with --inception FILE";

    /// <summary>The file as pytorch-fid publishes it.</summary>
    public static RemoteFile Published { get; } = new(
        new Uri($"https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/{FileName}"),
        InceptionWeights.PublishedLength,
        InceptionWeights.PublishedSha256);

    /// <summary>Its place on this machine.</summary>
    public static string CachePath => Path.Combine(CacheFolder.Weights(), FileName);

    /// <summary>The weights' file; the published one is fetched where it is not in the cache yet.</summary>
    /// <param name="file">A file somebody named, taken as it is; null for the published one.</param>
    /// <param name="progress">Told while it is fetched.</param>
    /// <param name="published">What is published; another than <see cref="Published"/> only in tests.</param>
    /// <param name="patience">With bad connections.</param>
    /// <param name="stop">Stops fetching; what has arrived stays for the next time.</param>
    /// <exception cref="DataException">It cannot be fetched, or the cache has another file of its name: what to do, in one line.</exception>
    public static async Task<string> FindAsync(
        string? file,
        IProgress<DownloadProgress>? progress = null,
        RemoteFile? published = null,
        DownloadPatience? patience = null,
        CancellationToken stop = default)
    {
        if (file is not null)
            return file;

        RemoteFile wanted = published ?? Published;
        string path = CachePath;
        if (!File.Exists(path))
            await new Download(wanted, path, $"or {Cure}", patience).RunAsync(progress, stop).ConfigureAwait(false);
        else if (!wanted.IsSameAs(path))
            throw new DataException($"{path} is not the published file ({wanted.Length} bytes, SHA-256 {wanted.Sha256}); delete it to fetch it again, or {Cure}");
        return path;
    }
}
