using Sagan.Imaging;
using Sagan.Serving;
using Sagan.Tensors;

namespace Sagan.Tests.Serving;

/// <summary>What becomes of those who wait, with the one slot held in the middle of its first batch.</summary>
public sealed class GeneratorPoolWaitingTests : IDisposable
{
    private readonly DrawingNetwork _network = new();
    private readonly SemaphoreSlim _begun = new(0), _mayGoOn = new(0);

    // Comparisons with what this thread draws ask for as many threads here.
    private readonly int _threads = Torch.Threads;

    public GeneratorPoolWaitingTests() => Torch.Threads = 1;

    public void Dispose()
    {
        Torch.Threads = _threads;
        _network.Dispose();
        _begun.Dispose();
        _mayGoOn.Dispose();
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_and_the_others_are_drawn()
    {
        using GeneratorPool pool = OpenHeld(mostWaiting: 2);
        Task<Raster> drawing = await BeginAsync(pool);

        Task<Raster>[] waiting = [pool.DrawAsync("0", 1), pool.DrawAsync("0", 2)];
        PoolBusyException error = await Assert.ThrowsAsync<PoolBusyException>(() => pool.DrawAsync("0", 3));
        _mayGoOn.Release(100);

        Assert.StartsWith("2 pictures wait already", error.Message, StringComparison.Ordinal);
        Assert.Equal(_network.Draw(0, 0), (await drawing).Pixels);
        Assert.Equal(_network.Draw(1, 0), (await waiting[0]).Pixels);
        Assert.Equal(_network.Draw(2, 0), (await waiting[1]).Pixels);
        Assert.Equal(_network.Draw(3, 0), (await pool.DrawAsync("0", 3)).Pixels);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_at_once_and_hurts_nobody_else()
    {
        using GeneratorPool pool = OpenHeld(mostWaiting: 10);
        using var stop = new CancellationTokenSource();
        Task<Raster> drawing = await BeginAsync(pool, stop.Token);

        Task<Raster> given = pool.DrawAsync("0", 1, stop: stop.Token), wanted = pool.DrawAsync("0", 2);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.DrawAsync("0", 1, stop: stop.Token));
        Assert.False(wanted.IsCompleted);
        _mayGoOn.Release(100);
        Assert.Equal(_network.Draw(2, 0), (await wanted).Pixels);
    }

    [Fact]
    public async Task When_the_pool_is_disposed_a_batch_is_finished_and_whoever_waits_is_told()
    {
        GeneratorPool pool = OpenHeld(mostWaiting: 10);
        Task<Raster> drawing = await BeginAsync(pool);

        Task<Raster> waiting = pool.DrawAsync("0", 1);
        Task closing = Task.Run(pool.Dispose);
        // What comes while the pool closes is refused, though its slot is still held.
        while (pool.DrawAsync("0", 2).Exception?.InnerException is not ObjectDisposedException)
            await Task.Delay(1);
        _mayGoOn.Release(100);
        await closing;
        pool.Dispose();

        Assert.Equal(_network.Draw(0, 0), (await drawing).Pixels);
        // It is told on a thread of its own, so perhaps a little later.
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.DrawAsync("0", 2));
    }

    [Fact]
    public async Task A_failure_reaches_those_of_its_batch_and_the_pool_goes_on()
    {
        int batches = 0;
        using var pool = GeneratorPool.Open(_network.Path, new() { ThreadsPerSlot = 1, BeforeDrawing = () => RequireMemory(++batches) });

        await Assert.ThrowsAsync<InsufficientMemoryException>(() => pool.DrawAsync("0", 1));

        Assert.Equal(_network.Draw(1, 0), (await pool.DrawAsync("0", 1)).Pixels);
    }

    [Fact]
    public async Task The_file_is_not_needed_once_the_pool_is_open()
    {
        byte[] expected = _network.Draw(1, 0);
        using var pool = GeneratorPool.Open(_network.Path, new() { ThreadsPerSlot = 1 });

        File.Delete(_network.Path);

        Assert.Equal(expected, (await pool.DrawAsync("0", 1)).Pixels);
    }

    private static void RequireMemory(int batch)
    {
        if (batch == 1)
            throw new InsufficientMemoryException();
    }

    private GeneratorPool OpenHeld(int mostWaiting) => GeneratorPool.Open(_network.Path, new()
    {
        ThreadsPerSlot = 1,
        MostWaiting = mostWaiting,
        BeforeDrawing = () =>
        {
            _begun.Release();
            // Not for ever: a test that fails before it lets the slot go on would otherwise never end.
            _mayGoOn.Wait(TimeSpan.FromSeconds(30));
        },
    });

    // Seed 0, in the hands of the slot when this returns.
    private async Task<Task<Raster>> BeginAsync(GeneratorPool pool, CancellationToken stop = default)
    {
        Task<Raster> drawing = pool.DrawAsync("0", 0, stop: stop);
        await _begun.WaitAsync(CancellationToken.None);
        return drawing;
    }
}
