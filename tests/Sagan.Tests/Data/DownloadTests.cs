using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sagan.Data;

namespace Sagan.Tests.Data;

/// <summary>Against a server on this machine: nothing here needs a network.</summary>
public sealed class DownloadTests : IDisposable
{
    private const int Half = 150_000;

    private static readonly DownloadPatience s_quick = new() { Attempts = 3, Pause = TimeSpan.FromMilliseconds(1) };

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = new byte[300_001];

    public DownloadTests() => new Random(1).NextBytes(_content);

    private string Target => _folder.At("new/weights.pth");

    private string Part => Target + ".part";

    [Fact]
    public async Task A_file_arrives_whole_and_says_how_far_it_is()
    {
        using var server = new FileServer(FileServer.Whole(_content));
        var progress = new Steps();

        await Of(server).RunAsync(progress);

        AssertArrived();
        Assert.Single(server.Requests);
        Assert.Equal(_content.Length, progress.Done[^1]);
        Assert.Equal(progress.Done.Order(), progress.Done);
    }

    [Fact]
    public async Task A_broken_connection_is_continued_where_it_broke_off()
    {
        using var server = new FileServer(FileServer.UpTo(_content, Half), FileServer.Whole(_content));

        await Of(server).RunAsync();

        AssertArrived();
        Assert.DoesNotContain("Range:", server.Requests[0]);
        Assert.Contains($"Range: bytes={Half}-", server.Requests[1]);
        Assert.Contains("If-Range: \"version-1\"", server.Requests[1]);
    }

    [Fact]
    public async Task What_an_earlier_process_fetched_is_not_fetched_again()
    {
        using var server = new FileServer(FileServer.Whole(_content));
        Directory.CreateDirectory(_folder.At("new"));
        File.WriteAllBytes(Part, _content[..Half]);

        await Of(server).RunAsync();

        AssertArrived();
        Assert.Contains($"Range: bytes={Half}-", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_server_that_cannot_continue_is_heard_from_the_beginning()
    {
        using var server = new FileServer(FileServer.UpTo(_content, Half), FileServer.WholeAlways(_content));

        await Of(server).RunAsync();

        AssertArrived();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_on_which_nothing_comes_is_given_up_and_continued()
    {
        using var server = new FileServer(FileServer.SilentAfter(_content, Half), FileServer.Whole(_content));

        await Of(server, s_quick with { Silence = TimeSpan.FromSeconds(1) }).RunAsync();

        AssertArrived();
        Assert.Contains($"Range: bytes={Half}-", server.Requests[1]);
    }

    [Fact]
    public async Task A_redirection_is_followed()
    {
        using var target = new FileServer(FileServer.Whole(_content));
        using var server = new FileServer(FileServer.Redirect(target.Address));

        await Of(server).RunAsync();

        AssertArrived();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_server_in_trouble_is_asked_again(int status)
    {
        using var server = new FileServer(FileServer.Status(status), FileServer.Whole(_content));

        await Of(server).RunAsync();

        AssertArrived();
    }

    [Fact]
    public async Task Another_file_is_not_kept()
    {
        byte[] wrong = [.. _content[..^1], (byte)~_content[^1]];
        using var server = new FileServer(FileServer.Whole(wrong));

        DataException error = await Assert.ThrowsAsync<DataException>(() => Of(server).RunAsync());

        Assert.Contains(Hash(wrong), error.Message);
        Assert.Contains(Hash(_content), error.Message);
        Assert.Empty(Directory.GetFiles(_folder.At("new")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_file_of_another_size_is_refused_before_it_comes(int difference)
    {
        using var server = new FileServer(FileServer.Whole(new byte[_content.Length + difference]));

        DataException error = await Assert.ThrowsAsync<DataException>(() => Of(server).RunAsync());

        Assert.Contains($"the file there has {_content.Length + difference} bytes", error.Message);
        Assert.Single(server.Requests);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_once_and_the_message_says_what_to_do()
    {
        using var server = new FileServer(FileServer.Status(404));

        DataException error = await Assert.ThrowsAsync<DataException>(() => Of(server).RunAsync());

        Assert.Single(server.Requests);
        Assert.Contains($"cannot fetch {server.Address}: ", error.Message);
        Assert.Contains("404", error.Message);
        Assert.EndsWith($"; fetch it elsewhere ({_content.Length} bytes, SHA-256 {Hash(_content)}) and put it at {Target}, or use --other FILE", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(Directory.GetFiles(_folder.At("new")));
    }

    [Fact]
    public async Task Without_a_network_the_message_says_the_same()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        DataException error = await Assert.ThrowsAsync<DataException>(() => Of(new Uri($"http://127.0.0.1:{port}/weights.pth"), s_quick).RunAsync());

        Assert.Contains($"put it at {Target}", error.Message);
    }

    [Fact]
    public async Task Attempts_come_to_an_end_and_what_has_arrived_stays()
    {
        using var server = new FileServer(FileServer.UpTo(_content, Half));

        DataException error = await Assert.ThrowsAsync<DataException>(() => Of(server).RunAsync());

        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("put it at", error.Message);
        Assert.Equal(_content[..Half], File.ReadAllBytes(Part));
    }

    [Fact]
    public async Task What_has_arrived_when_the_user_stops_stays_for_the_next_time()
    {
        using var server = new FileServer(FileServer.SilentAfter(_content, Half), FileServer.Whole(_content));
        using var stop = new CancellationTokenSource();
        var progress = new Steps(done =>
        {
            if (done == Half)
                stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Of(server).RunAsync(progress, stop.Token));
        byte[] arrived = File.ReadAllBytes(Part);
        await Of(server).RunAsync();

        Assert.Equal(_content[..Half], arrived);
        AssertArrived();
    }

    public void Dispose() => _folder.Dispose();

    private Download Of(FileServer server, DownloadPatience? patience = null) => Of(server.Address, patience ?? s_quick);

    private Download Of(Uri address, DownloadPatience patience) =>
        new(new RemoteFile(address, _content.Length, Hash(_content)), Target, "or use --other FILE", patience);

    private void AssertArrived()
    {
        Assert.Equal(_content, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Part));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class Steps(Action<long>? then = null) : IProgress<DownloadProgress>
    {
        internal List<long> Done { get; } = [];

        public void Report(DownloadProgress value)
        {
            Done.Add(value.Done);
            then?.Invoke(value.Done);
        }
    }
}
