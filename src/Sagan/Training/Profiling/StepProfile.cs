using Sagan.Layers;
using Sagan.Runs;
using Sagan.Tensors.Files;

namespace Sagan.Training.Profiling;

/// <summary>Where the time of a training iteration goes: by phase, by operator, by layer.</summary>
public sealed class StepProfile
{
    /// <summary>Iterations that pass before the first is measured: caches fill, memory and compiled code settle.</summary>
    public const int WarmUp = 10;

    /// <summary>Iterations that are measured.</summary>
    public const int Measured = 5;

    private readonly IReadOnlyList<(RecordedIteration Iteration, IReadOnlyList<OperatorCall> Calls)> _measured;

    /// <param name="setting">What was measured, and where, in a line.</param>
    /// <param name="onDevice">Whether the arithmetic was done on a device of its own, so that operators return before it is done.</param>
    /// <param name="iterations">At least one.</param>
    internal StepProfile(string setting, bool onDevice, IReadOnlyList<RecordedIteration> iterations)
    {
        Setting = setting;
        OnDevice = onDevice;
        _measured = [.. iterations.Select(iteration => (iteration, CallTree.Of(iteration)))];
        Milliseconds = iterations.Sum(iteration => Mean(iteration.End - iteration.Start));
        Operators = ByOperator();
        Layers = ByLayer();
        Phases = ByPhase();
    }

    /// <summary>Iterations that went into it.</summary>
    public int Iterations => _measured.Count;

    /// <summary>How long one takes.</summary>
    public double Milliseconds { get; }

    /// <summary>The tables by phase and of the first operators, as lines of text.</summary>
    public IReadOnlyList<string> Brief => ProfileText.Brief(this);

    internal string Setting { get; }

    internal bool OnDevice { get; }

    /// <summary>In the order of an iteration.</summary>
    internal IReadOnlyList<PhaseTime> Phases { get; }

    /// <summary>The longest first.</summary>
    internal IReadOnlyList<OperatorTime> Operators { get; }

    /// <summary>The longest first.</summary>
    internal IReadOnlyList<LayerTime> Layers { get; }

    /// <summary>Milliseconds of an iteration in no operator: the program's own work, and waiting for pictures.</summary>
    internal double OutsideOperators => Milliseconds - Operators.Sum(time => time.Milliseconds);

    /// <summary>The iterations with the places of their calls.</summary>
    internal IEnumerable<(RecordedIteration Iteration, IReadOnlyList<OperatorCall> Calls)> Recorded => _measured;

    /// <summary>Writes tables and trace into a run directory.</summary>
    internal void Write(RunDirectory run)
    {
        AtomicFile.Write(run.ProfileFile, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ProfileText.Markdown(this))));
        AtomicFile.Write(run.ProfileTraceFile, stream => ChromeTrace.Write(stream, this));
    }

    private OperatorTime[] ByOperator() =>
    [
        .. _measured.SelectMany(entry => entry.Calls)
            .GroupBy(call => call.Event.Name, (name, calls) => new OperatorTime(name, (double)calls.Count() / Iterations, Mean(calls.Sum(call => call.Self))))
            .OrderByDescending(time => time.Milliseconds),
    ];

    private LayerTime[] ByLayer()
    {
        Dictionary<Module, int> passes = _measured.SelectMany(entry => entry.Iteration.Layers).CountBy(span => span.Module).ToDictionary();
        LayerTime[] layers =
        [
            .. _measured.SelectMany(entry => entry.Calls)
                .Where(call => call.Layer is not null)
                .GroupBy(call => call.Layer!, (layer, calls) => Sum(layer.Path, layer.GetType().Name, passes[layer], calls))
                .OrderByDescending(time => time.Milliseconds),
        ];
        return [.. layers, Sum("", "", 0, _measured.SelectMany(entry => entry.Calls).Where(call => call.Layer is null))];
    }

    private PhaseTime[] ByPhase()
    {
        var phases = new SortedDictionary<StepPhase, (long Clock, long Operators)>();
        foreach ((RecordedIteration iteration, IReadOnlyList<OperatorCall> calls) in _measured)
        {
            int next = 0;
            foreach (PhaseSpan span in iteration.Phases)
            {
                // Both are in the order of time.
                long inside = 0;
                for (; next < calls.Count && calls[next].Event.Start < span.End; next++)
                    inside += calls[next].Event.Start >= span.Start ? calls[next].Self : 0;
                (long clock, long operators) = phases.GetValueOrDefault(span.Phase);
                phases[span.Phase] = (clock + span.End - span.Start, operators + inside);
            }
        }

        PhaseTime[] times = [.. phases.Select(entry => new PhaseTime(entry.Key, Mean(entry.Value.Clock), Mean(entry.Value.Operators)))];
        double between = Milliseconds - times.Sum(time => time.Milliseconds);
        return [.. times, new PhaseTime(null, between, Operators.Sum(time => time.Milliseconds) - times.Sum(time => time.InOperators))];
    }

    private LayerTime Sum(string path, string kind, int passes, IEnumerable<OperatorCall> calls)
    {
        OperatorCall[] all = [.. calls];
        return new LayerTime(
            path,
            kind,
            (double)passes / Iterations,
            Mean(all.Where(call => !call.IsBackward).Sum(call => call.Self)),
            Mean(all.Where(call => call.IsBackward).Sum(call => call.Self)));
    }

    // Milliseconds an iteration.
    private double Mean(long nanoseconds) => nanoseconds / 1e6 / Iterations;
}
