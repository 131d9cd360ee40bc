using Sagan.Data;

namespace Sagan.Cli.Console;

/// <summary>Progress as plain lines, for pipes and logs: what is soon over says nothing, what takes long says now and then what it does.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="clock">Tells how long it has taken.</param>
internal sealed class ProgressLines(TextWriter writer, TimeProvider clock) : IProgress<DataProgress>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3), s_pause = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _due = s_patience;

    public void Report(DataProgress value)
    {
        lock (_turn)
        {
            TimeSpan passed = clock.GetElapsedTime(_start);
            if (passed < _due)
                return;
            _due = passed + s_pause;
            writer.WriteLine(Line(value));
        }
    }

    private static string Line(DataProgress value) => value.Total is { } total
        ? FormattableString.Invariant($"{value.Phase}: {value.Done:n0} of {total:n0}")
        : value.Phase;
}
