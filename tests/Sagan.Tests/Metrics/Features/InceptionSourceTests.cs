using System.Security.Cryptography;
using Sagan.Data;
using Sagan.Metrics.Features;
using Sagan.Tests.Data;

namespace Sagan.Tests.Metrics.Features;

public sealed class InceptionSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _formerCache = Environment.GetEnvironmentVariable(CacheFolder.Variable);
    private readonly byte[] _content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];

    public InceptionSourceTests() => Environment.SetEnvironmentVariable(CacheFolder.Variable, _folder.Path);

    [Fact]
    public async Task The_published_file_is_fetched_once_and_then_found_in_the_cache()
    {
        using var server = new FileServer(FileServer.Whole(_content));
        RemoteFile published = Published(server);

        string fetched = await InceptionSource.FindAsync(null, published: published);
        string found = await InceptionSource.FindAsync(null, published: published);

        Assert.Equal(_folder.At("weights/pt_inception-2015-12-05-6726825d.pth"), fetched);
        Assert.Equal(fetched, found);
        Assert.Equal(_content, File.ReadAllBytes(found));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Another_file_of_that_name_in_the_cache_is_not_taken_for_it()
    {
        using var server = new FileServer(FileServer.Whole(_content));
        Directory.CreateDirectory(_folder.At("weights"));
        File.WriteAllBytes(InceptionSource.CachePath, new byte[_content.Length]);

        DataException error = await Assert.ThrowsAsync<DataException>(() => InceptionSource.FindAsync(null, published: Published(server)));

        Assert.Contains($"{InceptionSource.CachePath} is not the published file", error.Message);
        Assert.Contains("delete it", error.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_file_that_somebody_names_is_taken_as_it_is()
    {
        using var server = new FileServer(FileServer.Status(500));

        Assert.Equal("mine.safetensors", await InceptionSource.FindAsync("mine.safetensors", published: Published(server)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Without_a_network_one_line_says_what_to_fetch_and_where_to_put_it()
    {
        using var server = new FileServer(FileServer.Status(404));

        DataException error = await Assert.ThrowsAsync<DataException>(() => InceptionSource.FindAsync(null, published: Published(server)));

        Assert.EndsWith($"put it at {InceptionSource.CachePath}, or name a file with --inception FILE", error.Message);
    }

    [Fact]
    public void What_is_published_is_named_after_its_digest()
    {
        Assert.Equal("6726825d", InceptionSource.Published.Sha256[..8]);
        Assert.EndsWith("6726825d.pth", InceptionSource.Published.Address.AbsolutePath);
        Assert.Equal(95_628_359, InceptionSource.Published.Length);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(CacheFolder.Variable, _formerCache);
        _folder.Dispose();
    }

    private RemoteFile Published(FileServer server) =>
        new(server.Address, _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content)));
}
