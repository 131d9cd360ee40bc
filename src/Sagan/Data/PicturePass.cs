using System.Diagnostics;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Works on every picture of a source once: read in order on the calling thread, worked on by all cores.</summary>
internal sealed class PicturePass(PictureSource source, string phase, IProgress<DataProgress>? progress)
{
    // Bounds the memory: no more pictures than these are in flight.
    private static readonly int s_depth = 8 * Environment.ProcessorCount;
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Yields a result for each picture, in the source's order of storage, whatever the timing.</summary>
    /// <param name="work">Runs on many threads at once. Its image and file errors are that picture's failure.</param>
    public IEnumerable<PassResult<T>> Run<T>(Func<Picture, T> work)
        where T : class
    {
        var pending = new Queue<Task<PassResult<T>>>();
        int total = source.Entries.Count;
        int done = 0;
        long lastReport = 0;

        foreach (Picture? picture in source.Read().Append(null))
        {
            if (picture is not null)
                pending.Enqueue(Task.Run(() => Attempt(picture, work)));

            while (pending.Count > (picture is null ? 0 : s_depth))
            {
                PassResult<T> result = pending.Dequeue().GetAwaiter().GetResult();
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

    private static PassResult<T> Attempt<T>(Picture picture, Func<Picture, T> work)
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
}
