using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Runs;
using Sagan.Training;
using Sagan.Training.Collapse;
using Sagan.Training.Profiling;
using Sagan.Training.Scoring;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sagan.Cli.Console;

/// <summary>A run as people watch it: a live panel in a terminal, plain lines when piped, a log file in both cases.</summary>
internal sealed class TrainingView : IDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(250);

    private readonly StreamWriter _log;
    private readonly bool _quiet;
    private readonly long _totalImages;
    private LiveDisplayContext? _live;
    private Tick? _tick;
    private readonly List<string> _remarks = [];
    private readonly List<ScoreReport> _scores = [];
    private StepProfile? _profile;
    private bool _profileShown;
    private string _samples = "", _measuring = "";
    private long _drawn, _images;

    /// <param name="logFile">The run's log; appended to.</param>
    /// <param name="totalImages">Where the run ends.</param>
    /// <param name="quiet">Nothing on the console but what the caller prints: for --json.</param>
    internal TrainingView(string logFile, long totalImages, bool quiet)
    {
        _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        _quiet = quiet;
        _totalImages = totalImages;
    }

    /// <summary>Runs a training with the trainer's events shown.</summary>
    internal TrainingOutcome Watch(Trainer trainer, Func<TrainingOutcome> run)
    {
        trainer.Ticked += OnTick;
        trainer.Noted += note => Remark($"note: {note}");
        trainer.Warned += OnWarning;
        trainer.Scored += OnScores;
        trainer.Profiled += OnProfile;
        trainer.SamplesWritten += path => _samples = path;
        if (_quiet || System.Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return run();

        trainer.Stepped += OnStep;
        return AnsiConsole.Live(Panel(trainer.Images)).AutoClear(false).Start(context =>
        {
            _live = context;
            TrainingOutcome outcome = run();
            _live.UpdateTarget(Panel(trainer.Images));
            _live = null;
            return outcome;
        });
    }

    /// <summary>Shows how far a scorer is with the pictures of a snapshot.</summary>
    internal void Follow(SnapshotScorer? scorer)
    {
        if (scorer is not null)
            scorer.Progress = new Measuring(this);
    }

    /// <summary>The last scores, and where all of them are.</summary>
    internal void PrintScores(RunDirectory run)
    {
        if (_scores is not [.., ScoreReport last])
            return;
        foreach (Score score in last.Scores)
            Print($"Score           {ScoreView.Figure(score)}{Before(score.Metric)}; curve: {Path.Combine(run.PlotsFolder, score.Metric)}.svg");
        Print($"                {run.MetricsFile} says how each was measured");
    }

    /// <summary>The last scores by name; null where none were taken.</summary>
    internal JsonObject? ScoresAsJson() => _scores is [.., ScoreReport last]
        ? new JsonObject(last.Scores.Select(score => KeyValuePair.Create<string, JsonNode?>(score.Metric, double.IsFinite(score.Value) ? JsonValue.Create(score.Value) : null)))
        : null;

    /// <summary>Whether the run was profiled.</summary>
    internal bool HasProfile => _profile is not null;

    /// <summary>Where a step's time went, where the run was asked for it.</summary>
    internal void PrintProfile(RunDirectory run)
    {
        if (_profile is null)
            return;
        ShowProfile(_profile);
        Print($"Profile         {run.ProfileFile} (all tables, layers among them)");
        Print($"                {run.ProfileTraceFile} (open it in chrome://tracing or ui.perfetto.dev)");
    }

    /// <summary>A line for people: console and log.</summary>
    internal void Print(string line)
    {
        _log.WriteLine(line);
        if (!_quiet)
            System.Console.WriteLine(line);
    }

    public void Dispose() => _log.Dispose();

    private void OnTick(Tick tick)
    {
        _tick = tick;
        Tell(Line(tick));
    }

    private void OnScores(ScoreReport report)
    {
        _measuring = "";
        _scores.Add(report);
        Tell(string.Create(CultureInfo.InvariantCulture, $"score  {report.Images,9}  {ScoreView.Line(report)}  (in {report.Seconds:0.0} s)"));
        foreach (Score score in report.Scores.Where(score => score.Unlike is not null))
            OnWarning(report.Images, score.Unlike!);
    }

    // Lines would tear the panel; with one, they come at the end.
    private void OnProfile(StepProfile profile)
    {
        _profile = profile;
        if (_live is null)
            ShowProfile(profile);
    }

    private void ShowProfile(StepProfile profile)
    {
        if (_profileShown)
            return;
        _profileShown = true;
        foreach (string line in profile.Brief)
            Print(line);
        Print("");
    }

    private void OnWarning(CollapseWarning warning) => OnWarning(warning.Images, warning.Message);

    private void OnWarning(long images, string message) => Remark($"warning at {ImageCount.Print(images)} images: {message}");

    // What stays on the panel.
    private void Remark(string line)
    {
        _remarks.Add(line);
        Tell(line);
    }

    private void Tell(string line)
    {
        _log.WriteLine(line);
        if (_live is null && !_quiet)
            System.Console.WriteLine(line);
    }

    private void OnStep(long images)
    {
        _images = images;
        if (_live is null || Environment.TickCount64 - _drawn < s_refresh.TotalMilliseconds)
            return;
        _drawn = Environment.TickCount64;
        _live.UpdateTarget(Panel(images));
    }

    private static string Line(Tick tick) => string.Create(
        CultureInfo.InvariantCulture,
        $"images {tick.Images,9} ({100.0 * tick.Images / tick.TotalImages,5:0.0} %)  left {Duration(tick.SecondsLeft),8}  {tick.ImagesPerSecond,6:0.0} img/s  "
        + $"loss D {tick.DiscriminatorLoss,7:0.000} G {tick.GeneratorLoss,7:0.000}  D(real) {tick.RealLogit,6:0.00} D(fake) {tick.FakeLogit,6:0.00}  "
        + $"grad D {tick.DiscriminatorGradient,6:0.00} G {tick.GeneratorGradient,6:0.00}  wait {100 * tick.DataWait:0.0} %  mem {tick.PeakMemory / 1e9:0.00} GB");

    private Panel Panel(long images)
    {
        var rows = new List<IRenderable> { new Bar(images, _totalImages) };
        if (_tick is { } tick)
        {
            rows.Add(new Text(string.Create(CultureInfo.InvariantCulture, $"{ImageCount.Print(images)} of {ImageCount.Print(_totalImages)} images   {tick.ImagesPerSecond:0.0} img/s   {Duration((_totalImages - images) / Math.Max(tick.ImagesPerSecond, 1e-9))} left   loader wait {100 * tick.DataWait:0.0} %   memory {tick.PeakMemory / 1e9:0.00} GB")));
            rows.Add(new Text(string.Create(CultureInfo.InvariantCulture, $"loss D {tick.DiscriminatorLoss:0.000}  G {tick.GeneratorLoss:0.000}   D(real) {tick.RealLogit:0.00}  D(fake) {tick.FakeLogit:0.00}   gradient D {tick.DiscriminatorGradient:0.00}  G {tick.GeneratorGradient:0.00}")));
        }
        else
        {
            rows.Add(new Text($"{ImageCount.Print(images)} of {ImageCount.Print(_totalImages)} images   measuring the speed…"));
        }

        if (_scores is [.., ScoreReport last])
            rows.AddRange(last.Scores.Select(score => new Text($"{ScoreView.Figure(score)} at {ImageCount.Print(last.Images)}{Before(score.Metric)}")));
        if (_measuring.Length > 0)
            rows.Add(new Text(_measuring, new Style(decoration: Decoration.Dim)));
        if (_profile is not null)
            rows.Add(new Text("profiled: profile.md and profile.json are in the run directory", new Style(decoration: Decoration.Dim)));
        rows.AddRange(_remarks.Select(remark => new Text(remark, new Style(Color.Yellow))));
        rows.Add(new Text(_samples.Length > 0 ? $"pictures: {_samples}" : "", new Style(decoration: Decoration.Dim)));
        return new Panel(new Rows(rows)) { Header = new PanelHeader(" training · Ctrl-C saves and stops "), Expand = true };
    }

    // The scores of this session before the last one: whether they fall.
    private string Before(string metric)
    {
        string[] former = [.. _scores.SkipLast(1).SelectMany(report => report.Scores.Where(score => score.Metric == metric)).TakeLast(4).Select(score => ScoreView.Number(score.Value))];
        return former.Length > 0 ? $" (before {string.Join(", ", former)})" : "";
    }

    private static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds > 1e7)
            return "long";
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h {time.Minutes:00}m")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds:00}s");
    }

    private sealed class Measuring(TrainingView view) : IProgress<DataProgress>
    {
        public void Report(DataProgress value)
        {
            view._measuring = value.Done < value.Total ? $"measuring: {value.Done} of {value.Total} pictures" : "measuring";
            view.OnStep(view._images);
        }
    }

    /// <summary>A bar over the whole width.</summary>
    private sealed class Bar(long done, long total) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            int full = (int)(maxWidth * Math.Min(1.0, (double)done / Math.Max(1, total)));
            yield return new Segment(new string('━', full), new Style(Color.Green));
            yield return new Segment(new string('━', maxWidth - full), new Style(Color.Grey));
        }
    }
}
