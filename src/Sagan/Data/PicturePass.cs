using System.Diagnostics;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Works on every picture of a source once: read in order on the calling thread, worked on by all cores.</summary>
internal sealed class PicturePass(PictureSource source, string phase, IProgress<DataProgress>? progress)
{
    // Handing a task to another thread takes about as long as decoding a thumbnail, so small pictures travel together:
    // as many as these, or until they are as large as a photograph.
    private const int PicturesInBundle = 16;
    private const long BytesInBundle = 1 << 15;

    // Bounds the memory: no more bundles than these are in flight.
    private static readonly int s_depth = 8 * Environment.ProcessorCount;
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Yields a result for each picture, in the source's order of storage, whatever the timing.</summary>
    /// <param name="work">Runs on many threads at once. Its image and file errors are that picture's failure.</param>
    public IEnumerable<PassResult<T>> Run<T>(Func<Picture, T> work)
        where T : class => RunBundles(bundle => Attempt(bundle, work));

    /// <summary>As <see cref="Run"/>, for work that has something to save by doing pictures together.</summary>
    /// <param name="work">Runs on many threads at once; gives a result for each picture, see <see cref="Attempt{T}(Picture, Func{Picture, T})"/>.</param>
    public IEnumerable<PassResult<T>> RunBundles<T>(Func<Picture[], PassResult<T>[]> work)
        where T : class
    {
        int total = source.Entries.Count;
        int done = 0;
        long lastReport = 0;

        foreach (PassResult<T>[] results in Results(work))
        {
            foreach (PassResult<T> result in results)
            {
                done++;
                if (done == total || Stopwatch.GetElapsedTime(lastReport) > s_reportEvery)
                {
                    lastReport = Stopwatch.GetTimestamp();
                    progress?.Report(new DataProgress(phase, done, total));
                }

                yield return result;
            }
        }
    }

    /// <summary>Does a picture's work; an image or file error is its failure.</summary>
    public static PassResult<T> Attempt<T>(Picture picture, Func<Picture, T> work)
        where T : class
    {
        try
        {
            return new PassResult<T>(picture.Index, work(picture), null);
        }
        catch (Exception failure) when (failure is ImageException or IOException or UnauthorizedAccessException)
        {
            return new PassResult<T>(picture.Index, null, failure.Message);
        }
    }

    private IEnumerable<PassResult<T>[]> Results<T>(Func<Picture[], PassResult<T>[]> work)
        where T : class
    {
        var pending = new Queue<Task<PassResult<T>[]>>();
        try
        {
            foreach (Picture[] bundle in Bundles())
            {
                pending.Enqueue(Task.Run(() => work(bundle)));
                if (pending.Count > s_depth)
                    yield return pending.Dequeue().GetAwaiter().GetResult();
            }

            while (pending.TryDequeue(out Task<PassResult<T>[]>? next))
                yield return next.GetAwaiter().GetResult();
        }
        finally
        {
            // Where a damaged archive, or the caller, ends the pass early: nobody works on for a caller that has gone.
            foreach (Task task in pending)
                task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    private IEnumerable<Picture[]> Bundles()
    {
        var bundle = new List<Picture>(PicturesInBundle);
        long bytes = 0;
        foreach (Picture picture in source.Read())
        {
            bundle.Add(picture);
            bytes += picture.StoredBytes;
            if (bundle.Count < PicturesInBundle && bytes < BytesInBundle)
                continue;

            yield return [.. bundle];
            bundle.Clear();
            bytes = 0;
        }

        if (bundle.Count > 0)
            yield return [.. bundle];
    }

    private static PassResult<T>[] Attempt<T>(Picture[] bundle, Func<Picture, T> work)
        where T : class
    {
        var results = new PassResult<T>[bundle.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = Attempt(bundle[i], work);
        return results;
    }
}
