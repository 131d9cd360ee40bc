using System.Collections.Concurrent;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Serving;

/// <summary>One generator and the thread that it draws on.</summary>
/// <remarks>
/// A thread of its own, not one of .NET's pool: OpenMP counts its threads, and keeps a team of them, for every thread that
/// ever computed, and glibc an arena of memory.
/// </remarks>
internal sealed class GeneratorSlot
{
    private readonly Generator _generator;
    private readonly GeneratorPoolOptions _options;
    private readonly BlockingCollection<PictureOrder> _orders;
    private readonly CancellationToken _stop;
    private readonly bool _hasStatisticsByTruncation;
    private readonly Thread _thread;

    /// <summary>Loads the network and begins to draw.</summary>
    /// <param name="snapshot">Which network.</param>
    /// <param name="options">Device and threads.</param>
    /// <param name="orders">What all slots draw from.</param>
    /// <param name="stop">Ends the thread after the batch that it is drawing.</param>
    internal GeneratorSlot(Snapshot snapshot, GeneratorPoolOptions options, BlockingCollection<PictureOrder> orders, CancellationToken stop)
    {
        _options = options;
        _orders = orders;
        _stop = stop;
        _hasStatisticsByTruncation = Truncation.UsualMode(snapshot.Model) == TruncationMode.Scale;
        _generator = snapshot.LoadGenerator(options.Device);
        _thread = new Thread(Work) { Name = "Sagan generator", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits until the thread has ended, and its network is freed.</summary>
    internal void Join() => _thread.Join();

    private void Work()
    {
        try
        {
            Torch.Threads = _options.Threads;
            foreach (PictureOrder first in _orders.GetConsumingEnumerable(_stop))
            {
                foreach (IGrouping<Truncation?, PictureOrder> alike in WithThoseWaiting(first).GroupBy(order => order.Truncation))
                    Draw(alike.Key, [.. alike]);
            }
        }
        catch (OperationCanceledException)
        {
            // The pool closes; who still waits is told by it.
        }
        finally
        {
            _generator.Dispose();
        }
    }

    // A batch is always full (FixedBatch): whoever waits, too, is drawn at no cost, and gets the same picture as alone.
    private List<PictureOrder> WithThoseWaiting(PictureOrder first)
    {
        List<PictureOrder> batch = first.IsWanted ? [first] : [];
        while (batch.Count < FixedBatch.Size && _orders.TryTake(out PictureOrder? next))
        {
            if (next.IsWanted)
                batch.Add(next);
        }

        return batch;
    }

    private void Draw(Truncation? truncation, PictureOrder[] batch)
    {
        try
        {
            _options.BeforeDrawing?.Invoke();
            using KeptStatistics? kept = truncation is not null && _hasStatisticsByTruncation ? new KeptStatistics(_generator) : null;
            truncation?.ChooseStatistics(_generator);
            IEnumerable<Raster> pictures = PictureSampler.Draw(_generator, _options.Device, batch.Select(order => order.Request), truncation);
            foreach ((PictureOrder order, Raster picture) in batch.Zip(pictures))
                order.Deliver(picture);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait; the next batch may succeed, as when memory was short.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (PictureOrder order in batch)
                order.Fail(error);
        }
    }
}
