using System.Net;
using System.Net.Http.Headers;

namespace Sagan.Data;

/// <summary>Fetches a published file into a local one, which appears whole and checked or not at all.</summary>
/// <remarks>
/// What has arrived stays in a file beside, <c>.part</c>, when the connection breaks or the user stops: the next attempt, of this
/// process or another, asks for the rest. Size and SHA-256 are checked before the file gets its name.
/// </remarks>
/// <param name="file">What to fetch.</param>
/// <param name="path">Where it shall be; the folder is made.</param>
/// <param name="otherWay">What else helps, for the message when nothing does: "or name another file with --flag".</param>
/// <param name="patience">With bad connections.</param>
public sealed class Download(RemoteFile file, string path, string otherWay = "", DownloadPatience? patience = null)
{
    private const int BufferBytes = 1 << 17;

    private readonly DownloadPatience _patience = patience ?? new DownloadPatience();
    private readonly string _part = path + ".part";

    // The server's name for this version of the file: a later attempt asks for the rest of no other. An earlier process's is not
    // known; should the file have changed since, the digest tells.
    private EntityTagHeaderValue? _version;

    /// <summary>Fetches the file.</summary>
    /// <exception cref="DataException">It cannot be had, or is another file: the message says what to fetch by hand and where to put it.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what has arrived stays for the next time.</exception>
    public async Task RunAsync(IProgress<DownloadProgress>? progress = null, CancellationToken stop = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("sagan", typeof(Download).Assembly.GetName().Version?.ToString(3)));

        // Opened outside: where another process has the part, it is not ours to delete.
        FileStream opened = OpenPart();
        try
        {
            using FileStream part = opened;
            await FetchWithPatience(client, part, progress, stop).ConfigureAwait(false);
            part.Flush(flushToDisk: true);
        }
        catch when (new FileInfo(_part) is { Exists: true, Length: 0 })
        {
            File.Delete(_part);
            throw;
        }

        string sha256 = RemoteFile.HashOf(_part);
        if (sha256 != file.Sha256)
        {
            File.Delete(_part);
            throw Failure($"what arrived is another file (SHA-256 {sha256}) and was deleted");
        }

        File.Move(_part, path, overwrite: true);
    }

    private FileStream OpenPart()
    {
        try
        {
            return new FileStream(_part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException error) when (File.Exists(_part))
        {
            throw new DataException($"{_part} cannot be written; is another process downloading it? ({error.Message})", error);
        }
    }

    private async Task FetchWithPatience(HttpClient client, FileStream part, IProgress<DownloadProgress>? progress, CancellationToken stop)
    {
        TimeSpan pause = _patience.Pause;
        for (int attempt = 1; part.Length != file.Length; attempt++)
        {
            try
            {
                await FetchRest(client, part, progress, stop).ConfigureAwait(false);
                continue;
            }
            catch (Exception error) when (IsPassing(error) && attempt < _patience.Attempts && !stop.IsCancellationRequested)
            {
                // Another attempt may do better.
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
            {
                throw Failure(error.Message, error);
            }

            await Task.Delay(pause, stop).ConfigureAwait(false);
            pause *= 2;
        }
    }

    /// <summary>One attempt: appends what arrives to the part.</summary>
    private async Task FetchRest(HttpClient client, FileStream part, IProgress<DownloadProgress>? progress, CancellationToken stop)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            silence.CancelAfter(_patience.Silence);
            using HttpRequestMessage request = Request(part.Length);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            StartAt(part, response);

            Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            byte[] buffer = new byte[BufferBytes];
            while (part.Length < file.Length)
            {
                silence.CancelAfter(_patience.Silence);
                int count = await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
                if (count == 0)
                    throw new IOException($"the connection ended after {part.Length:n0} of {file.Length:n0} bytes");
                await part.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                progress?.Report(new DownloadProgress(file.Address, part.Length, file.Length));
            }

            if (part.Length > file.Length)
                throw Failure($"the server sends more than {file.Length} bytes");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing arrived for {_patience.Silence.TotalSeconds:0.#} s");
        }
    }

    private HttpRequestMessage Request(long have)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
        if (have > 0 && have < file.Length)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            if (_version is not null)
                request.Headers.IfRange = new RangeConditionHeaderValue(_version);
        }

        return request;
    }

    /// <summary>Decides from the answer's head where in the part its body belongs.</summary>
    private void StartAt(FileStream part, HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            part.SetLength(0);
            throw new IOException("the server does not continue this download");
        }

        response.EnsureSuccessStatusCode();
        long start = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? 0 : 0;
        if (start + response.Content.Headers.ContentLength is { } length && length != file.Length)
            throw Failure($"the file there has {length} bytes");
        if (start > part.Length)
            throw Failure($"the server continues at byte {start} where {part.Length} was asked for");

        // A server that cannot continue sends all of it again.
        part.SetLength(start);
        part.Position = start;
        _version = response.Headers.ETag is { IsWeak: false } version ? version : null;
    }

    // Answers 4xx will be the same next time: the file is not there, or not for us.
    private static bool IsPassing(Exception error) =>
        error is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout }
            or IOException or TimeoutException;

    private DataException Failure(string reason, Exception? cause = null)
    {
        string other = otherWay.Length > 0 ? $", {otherWay}" : "";
        return new DataException(
            $"cannot fetch {file.Address}: {reason.TrimEnd('.')}; fetch it elsewhere ({file.Length} bytes, SHA-256 {file.Sha256}) and put it at {path}{other}", cause!);
    }
}
