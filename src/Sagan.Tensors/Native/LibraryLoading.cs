namespace Sagan.Tensors.Native;

/// <summary>The loading of libtorch beside other work.</summary>
internal static class LibraryLoading
{
    // Nothing begins before somebody asks, and then once.
    private static readonly Lazy<Thread> s_thread = new(Start);

    internal static void Begin() => _ = s_thread.Value;

    private static Thread Start()
    {
        var thread = new Thread(Load) { IsBackground = true, Name = "Sagan loads libtorch" };
        // A process must not end while libraries of it are still being set up: what they tear down is not there yet.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => thread.Join();
        thread.Start();
        return thread;
    }

    private static void Load()
    {
        try
        {
            _ = NativeMethods.sagan_threads(0);
        }
        catch (TorchNotFoundException)
        {
            // The first call that needs it meets the same.
        }
    }
}
