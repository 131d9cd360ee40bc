using System.Runtime.InteropServices;

namespace Sagan.Cli.Console;

/// <summary>Ctrl-C and SIGTERM as a request to stop; a second one ends the process at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    internal Interrupts() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // The second signal is not cancelled: the system's own handling ends the process.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
