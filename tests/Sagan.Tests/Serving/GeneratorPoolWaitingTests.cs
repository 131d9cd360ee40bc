using Sagan.Imaging;
using Sagan.Serving;

namespace Sagan.Tests.Serving;

public sealed class GeneratorPoolWaitingTests
{
    private static readonly GeneratorPoolOptions s_narrow = new() { ThreadsPerSlot = 1, MostWaiting = 2 };

    [Fact]
    public async Task More_than_may_wait_are_refused_and_the_others_are_drawn()
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_narrow);

        // So many at once that no machine draws them as quickly as they are asked for.
        Task<Raster>[] asked = [.. Enumerable.Range(0, 2_000).Select(seed => pool.DrawAsync("0", seed))];
        int refused = 0;
        foreach (Task<Raster> one in asked)
        {
            try
            {
                await one;
            }
            catch (PoolBusyException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, asked.Length - 2);
        Assert.Equal(network.Draw(0, 0), (await asked[0]).Pixels);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_hurts_nobody_else()
    {
        using var network = new DrawingNetwork();
        using var pool = GeneratorPool.Open(network.Path, s_narrow with { MostWaiting = 100 });
        using var stop = new CancellationTokenSource();

        Task<Raster>[] asked = [.. Enumerable.Range(0, 60).Select(seed => pool.DrawAsync("0", seed, stop: seed % 2 == 0 ? default : stop.Token))];
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked[59]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.DrawAsync("0", 1, stop: stop.Token));
        Assert.Equal(network.Draw(58, 0), (await asked[58]).Pixels);
        await Task.WhenAll(asked.Where((_, seed) => seed % 2 == 0));
    }

    [Fact]
    public async Task Whoever_waits_when_the_pool_is_disposed_is_told()
    {
        using var network = new DrawingNetwork();
        GeneratorPool pool = GeneratorPool.Open(network.Path, s_narrow with { MostWaiting = 100, Slots = 2 });

        Task<Raster>[] asked = [.. Enumerable.Range(0, 100).Select(seed => pool.DrawAsync("0", seed))];
        pool.Dispose();
        pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => asked[99]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.DrawAsync("0", 1));
        Assert.All(asked, one => Assert.True(one.IsCompleted));
    }

    [Fact]
    public async Task The_file_is_not_needed_once_the_pool_is_open()
    {
        using var network = new DrawingNetwork();
        byte[] expected = network.Draw(1, 0);
        using var pool = GeneratorPool.Open(network.Path, s_narrow);

        File.Delete(network.Path);

        Assert.Equal(expected, (await pool.DrawAsync("0", 1)).Pixels);
    }
}
