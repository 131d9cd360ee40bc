using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Sagan.Tests.Data;

/// <summary>Answers one request after another over a real connection of this machine, well or badly.</summary>
internal sealed partial class FileServer : IDisposable
{
    /// <summary>What is sent for a request; the connection closes afterwards.</summary>
    internal delegate Task Answer(string request, NetworkStream connection, CancellationToken stop);

    private const string Version = "\"version-1\"";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Answer[] _answers;
    private readonly Task _serving;

    /// <param name="answers">For the first request, the second, …; the last one for all that follow.</param>
    internal FileServer(params Answer[] answers)
    {
        _answers = answers;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/weights.pth");
        _serving = Task.Run(Serve);
    }

    internal Uri Address { get; }

    /// <summary>Heads of the requests so far.</summary>
    internal IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>All of it, or the rest where the request names its start.</summary>
    internal static Answer Whole(byte[] content) => (request, connection, _) => Send(connection, content, Start(request), content.Length);

    /// <summary>All of it, whatever the request says.</summary>
    internal static Answer WholeAlways(byte[] content) => (_, connection, _) => Send(connection, content, 0, content.Length);

    /// <summary>Promises all, sends up to a byte and hangs up.</summary>
    internal static Answer UpTo(byte[] content, int end) => (request, connection, _) => Send(connection, content, Start(request), end);

    /// <summary>The same, and then silence on an open connection.</summary>
    internal static Answer SilentAfter(byte[] content, int end) => async (request, connection, stop) =>
    {
        await Send(connection, content, Start(request), end);
        await Task.Delay(Timeout.Infinite, stop);
    };

    /// <summary>No file but a number.</summary>
    internal static Answer Status(int code) => (_, connection, _) => Write(connection, $"HTTP/1.1 {code} Sorry\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    /// <summary>See there.</summary>
    internal static Answer Redirect(Uri target) => (_, connection, _) =>
        Write(connection, $"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _serving.Wait(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            var open = new List<Task>();
            while (true)
                open.Add(Reply(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Reply(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream connection = client.GetStream();
                string request = await ReadHead(connection);
                _requests.Enqueue(request);
                await _answers[Math.Min(_requests.Count, _answers.Length) - 1](request, connection, _stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The test is over, or the client has had enough.
            }
        }
    }

    private static async Task<string> ReadHead(NetworkStream connection)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await connection.ReadAsync(one) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }

    private static async Task Send(NetworkStream connection, byte[] content, int start, int end)
    {
        string status = start > 0
            ? $"206 Partial Content\r\nContent-Range: bytes {start}-{content.Length - 1}/{content.Length}"
            : "200 OK";
        await Write(connection, $"HTTP/1.1 {status}\r\nETag: {Version}\r\nContent-Length: {content.Length - start}\r\nConnection: close\r\n\r\n");
        await connection.WriteAsync(content.AsMemory(start, end - start));
    }

    private static async Task Write(NetworkStream connection, string text) => await connection.WriteAsync(Encoding.ASCII.GetBytes(text));

    private static int Start(string request) =>
        Range().Match(request) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^Range: bytes=(\d+)-\r$", RegexOptions.Multiline)]
    private static partial Regex Range();
}
