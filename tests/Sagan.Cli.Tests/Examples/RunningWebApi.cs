using System.Diagnostics;

namespace Sagan.Cli.Tests.Examples;

/// <summary>The web example, listening on a port that the system chose.</summary>
internal sealed class RunningWebApi : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process _process;

    internal RunningWebApi(string program, string snapshot, params string[] arguments)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(snapshot))!;
        _process = Process.Start(BuiltExamples.StartOf(program, folder, [Path.GetFullPath(snapshot), "--urls", "http://127.0.0.1:0", .. arguments]))!;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address() };

        // A full pipe would stop the server.
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    internal HttpClient Client { get; }

    internal Task<byte[]> Get(string path) => Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private Uri Address()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            int start = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (start >= 0)
                return new Uri(line[(start + Announcement.Length)..]);
        }

        throw new InvalidOperationException("the server ended: " + _process.StandardError.ReadToEnd());
    }
}
