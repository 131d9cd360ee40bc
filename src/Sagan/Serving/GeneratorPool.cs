using System.Collections.Concurrent;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Training;

namespace Sagan.Serving;

/// <summary>
/// Draws pictures for many callers at once with the generator of a snapshot. All members may be called from any thread; the
/// same class, seed and truncation give the same picture, bit for bit, in whichever slot and beside whatever else.
/// </summary>
public sealed class GeneratorPool : IDisposable
{
    private readonly Snapshot _snapshot;
    private readonly GeneratorPoolOptions _options;
    private readonly BlockingCollection<PictureOrder> _orders;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<GeneratorSlot> _slots = [];
    private int _isDisposed;

    private GeneratorPool(Snapshot snapshot, GeneratorPoolOptions options)
    {
        _snapshot = snapshot;
        _options = options;
        _orders = new BlockingCollection<PictureOrder>(options.MostWaiting);
        Classes = snapshot.Model.Conditional ? snapshot.ClassNames : [];
    }

    /// <summary>Loads the networks; the file is not needed afterwards.</summary>
    /// <param name="path">A snapshot, or a run directory, of which the newest snapshot is taken.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="IOException">There is no such file or directory.</exception>
    /// <exception cref="RunException">The directory is no run, or has no snapshot yet.</exception>
    /// <exception cref="Tensors.Files.ArrayFileException">Not a snapshot, or one without a generator.</exception>
    /// <exception cref="ConfigException">An option cannot be, or the network enlarges pictures and draws none of its own.</exception>
    public static GeneratorPool Open(string path, GeneratorPoolOptions? options = null)
    {
        options ??= new GeneratorPoolOptions();
        options.Check();
        Snapshot snapshot = Snapshot.Open(Directory.Exists(path) ? RunDirectory.Open(path).NewestSnapshot() : path);
        if (snapshot.Model.ConditionsOnPictures)
            throw new ConfigException("network", "it enlarges pictures and draws none of its own");

        var pool = new GeneratorPool(snapshot, options);
        try
        {
            for (int i = 0; i < options.Slots; i++)
                pool._slots.Add(new GeneratorSlot(snapshot, options, pool._orders, pool._stop.Token));
            return pool;
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    /// <summary>Names of the classes, in the order of their numbers; none where the network was trained without.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What the pictures are like.</summary>
    public ImageSpec Images => _snapshot.Images;

    /// <summary>Draws a picture as the bytes of a PNG file, which tells in its text chunks what it shows.</summary>
    /// <inheritdoc cref="DrawAsync"/>
    /// <returns>The very bytes that <c>sagan sample</c> writes.</returns>
    public async Task<byte[]> DrawPngAsync(string? className, long seed, double? truncation = null, CancellationToken stop = default)
    {
        PictureOrder order = Order(className, seed, truncation);
        Raster picture = await PlaceAsync(order, stop).ConfigureAwait(false);
        return PngCodec.Encode(picture, new PictureTexts(_snapshot, order.Truncation).OfPicture(order.Request));
    }

    /// <summary>Draws a picture.</summary>
    /// <param name="className">Name or number of a class. Null: the classes in turn by seed, and where the network has none.</param>
    /// <param name="seed">Which picture: 0 to <see cref="PictureSampler.LargestSeed"/>.</param>
    /// <param name="truncation">Threshold of the latents in the network's usual mode; null: none. See <see cref="Truncation"/>.</param>
    /// <param name="stop">Ends the wait; a drawing that has begun goes on for nobody.</param>
    /// <exception cref="UnknownClassException">There is no such class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The seed is out of range.</exception>
    /// <exception cref="ConfigException">The truncation is out of range.</exception>
    /// <exception cref="PoolBusyException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed, before or while the picture waited.</exception>
    public async Task<Raster> DrawAsync(string? className, long seed, double? truncation = null, CancellationToken stop = default) =>
        await PlaceAsync(Order(className, seed, truncation), stop).ConfigureAwait(false);

    /// <summary>Waits for the batches that are being drawn, and frees the networks; whoever still waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _stop.Cancel();
        _orders.CompleteAdding();
        foreach (GeneratorSlot slot in _slots)
            slot.Join();
        while (_orders.TryTake(out PictureOrder? order))
            order.Fail(Closed());
        _orders.Dispose();
        _stop.Dispose();
    }

    private PictureOrder Order(string? className, long seed, double? truncation)
    {
        if (seed is < 0 or > PictureSampler.LargestSeed)
            throw new ArgumentOutOfRangeException(nameof(seed), $"a seed is a whole number from 0 to {PictureSampler.LargestSeed}, not {seed}");
        Truncation? applied = truncation is { } threshold ? new Truncation(threshold, Truncation.UsualMode(_snapshot.Model)) : null;
        return new PictureOrder(new SampleRequest(seed, LabelOf(className, seed)), applied);
    }

    private int LabelOf(string? className, long seed)
    {
        if (className is null)
            return Classes.Count == 0 ? 0 : (int)(seed % Classes.Count);
        int? label = Classes.Count == 0 ? null : _snapshot.LabelOf(className);
        return label ?? throw new UnknownClassException(className, Classes);
    }

    private Task<Raster> PlaceAsync(PictureOrder order, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        bool isTaken;
        try
        {
            isTaken = _orders.TryAdd(order);
        }
        catch (InvalidOperationException)
        {
            // Closed for orders, or already gone.
            throw Closed();
        }

        return isTaken ? order.WaitAsync(stop) : throw new PoolBusyException(_options.MostWaiting);
    }

    private static ObjectDisposedException Closed() => new(nameof(GeneratorPool));
}
