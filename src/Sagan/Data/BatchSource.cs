using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Sagan.Data;

/// <summary>
/// Endless shuffled batches, loaded ahead by threads. The content depends on data set, seed, flip and position
/// only; the number of workers changes nothing but speed.
/// </summary>
public sealed class BatchSource : IDisposable
{
    private readonly Dataset _dataset;
    private readonly Shuffle _shuffle;
    private readonly ulong _flipKey;
    private readonly bool _flip;
    private readonly int _batchSize;
    private readonly long _start;
    private readonly PixelBatch[] _ring;
    private readonly Exception?[] _failures;
    private readonly long[] _filled;
    private readonly Thread[] _workers;

    // Guards the counters below and _filled, _failures; counted in batches since the start.
    private readonly object _gate = new();
    private long _claimed;
    private long _released;
    private long _taken;
    private bool _stopped;

    /// <summary>Starts loading.</summary>
    /// <param name="dataset">Stays the caller's; must outlive this object.</param>
    /// <param name="batchSize">Pictures in a batch.</param>
    /// <param name="seed">Decides order and flips.</param>
    /// <param name="flip">Mirror every other picture, chosen by chance, left to right.</param>
    /// <param name="startPosition">Pictures shown before; <see cref="Position"/> of an earlier run continues it.</param>
    /// <param name="workers">Loading threads.</param>
    /// <param name="ringDepth">Batches in memory, at least 2: one with the caller, the others loaded ahead.</param>
    public BatchSource(Dataset dataset, int batchSize, ulong seed, bool flip = false, long startPosition = 0, int workers = 1, int ringDepth = 4)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(startPosition);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ringDepth, 2);

        _dataset = dataset;
        _shuffle = new Shuffle(dataset.Count, seed);
        _flipKey = Shuffle.Mix(~seed);
        _flip = flip;
        _batchSize = batchSize;
        _start = startPosition;
        _ring = [.. Enumerable.Range(0, ringDepth).Select(_ => new PixelBatch(batchSize, dataset.BytesPerPicture))];
        _failures = new Exception?[ringDepth];
        _filled = [.. Enumerable.Repeat(-1L, ringDepth)];
        _workers = [.. Enumerable.Range(0, workers).Select(i => new Thread(Work) { IsBackground = true, Name = $"Sagan loader {i}" })];
        Array.ForEach(_workers, worker => worker.Start());
    }

    /// <summary>Pictures handed out, counted from the beginning of the stream; where to start to continue.</summary>
    public long Position => _start + (_taken * _batchSize);

    /// <summary>The next batch, valid until the following call. To be called by one thread.</summary>
    /// <remarks>When loading failed, the failure is thrown here, and again by every later call.</remarks>
    public PixelBatch Next()
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        long asked = Stopwatch.GetTimestamp();
        int slot = (int)(_taken % _ring.Length);

        lock (_gate)
        {
            // The caller is done with the batch it took before.
            _released = _taken;
            Monitor.PulseAll(_gate);
            bool waited = _filled[slot] != _taken;
            while (_filled[slot] != _taken)
                Monitor.Wait(_gate);

            if (_failures[slot] is Exception failure)
                ExceptionDispatchInfo.Throw(failure);
            _ring[slot].Wait = waited ? Stopwatch.GetElapsedTime(asked) : TimeSpan.Zero;
            _taken++;
        }

        return _ring[slot];
    }

    /// <summary>Stops and joins the loading threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        Array.ForEach(_workers, worker => worker.Join());
    }

    private void Work()
    {
        while (Claim() is long number)
        {
            int slot = (int)(number % _ring.Length);
            Exception? failure = Fill(_ring[slot], number);
            lock (_gate)
            {
                _failures[slot] = failure;
                _filled[slot] = number;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // Waits until the batch that used the slot before has been released.
    private long? Claim()
    {
        lock (_gate)
        {
            while (!_stopped && _claimed - _released >= _ring.Length)
                Monitor.Wait(_gate);
            return _stopped ? null : _claimed++;
        }
    }

    private Exception? Fill(PixelBatch batch, long number)
    {
        try
        {
            batch.Position = _start + (number * _batchSize);
            for (int i = 0; i < _batchSize; i++)
                FillPicture(batch, i);
            return null;
        }
        catch (Exception failure)
        {
            // Whatever it is, it belongs to the thread that asks for the batch.
            return failure;
        }
    }

    private void FillPicture(PixelBatch batch, int i)
    {
        long position = batch.Position + i;
        int index = _shuffle.At(position).Index;
        Span<byte> pixels = batch.Pixels.AsSpan(i * _dataset.BytesPerPicture, _dataset.BytesPerPicture);

        _dataset.Read(index, pixels);
        batch.Labels[i] = _dataset.LabelOf(index);
        if (_flip && (Shuffle.Mix(_flipKey ^ (ulong)position) & 1) == 1)
            Mirror(pixels);
    }

    private void Mirror(Span<byte> pixels)
    {
        for (int row = 0; row < pixels.Length; row += _dataset.Width)
            pixels.Slice(row, _dataset.Width).Reverse();
    }
}
