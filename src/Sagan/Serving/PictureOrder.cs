using Sagan.Imaging;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Serving;

/// <summary>A picture that somebody waits for.</summary>
/// <param name="request">Seed and class.</param>
/// <param name="truncation">Null: none.</param>
internal sealed class PictureOrder(SampleRequest request, Truncation? truncation)
{
    // What the caller does next must not run on the thread that draws.
    private readonly TaskCompletionSource<Raster> _picture = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SampleRequest Request => request;

    internal Truncation? Truncation => truncation;

    /// <summary>False once the caller has given up.</summary>
    internal bool IsWanted => !_picture.Task.IsCompleted;

    /// <summary>Waits; cancelling ends the wait at once, whatever becomes of the drawing.</summary>
    internal async Task<Raster> WaitAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration registration = stop.UnsafeRegister(_ => _picture.TrySetCanceled(stop), null);
        return await _picture.Task.ConfigureAwait(false);
    }

    internal void Deliver(Raster picture) => _picture.TrySetResult(picture);

    internal void Fail(Exception error) => _picture.TrySetException(error);
}
