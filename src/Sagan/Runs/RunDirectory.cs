using System.Globalization;
using Sagan.Tensors.Files;

namespace Sagan.Runs;

/// <summary>
/// One run on disk: <c>runs/00000-&lt;recipe&gt;-&lt;data&gt;-b&lt;batch&gt;[-desc]/</c>. The only contract between training and everything
/// else: whoever wants to know about a run reads these files.
/// </summary>
public sealed class RunDirectory
{
    private const string Suffix = ".safetensors";

    private RunDirectory(string path) => Path = path;

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string ConfigFile => In("config.json");

    /// <summary>What the console showed.</summary>
    public string LogFile => In("log.txt");

    /// <summary>One JSON object a line: ticks, and besides them snapshots, warnings and rollbacks, which have an "event".</summary>
    public string EventsFile => In("events.jsonl");

    /// <summary>Scores of the run's snapshots: one card a line, in JSON.</summary>
    public string MetricsFile => In("metrics.jsonl");

    /// <summary>Charts of the run.</summary>
    public string PlotsFolder => In("plots");

    /// <summary>Where an iteration's time goes, in tables; there where it was asked for.</summary>
    public string ProfileFile => In("profile.md");

    /// <summary>The same as a timeline, for Chrome's trace viewer.</summary>
    public string ProfileTraceFile => In("profile.json");

    /// <summary>The log as it was before the run went back the n-th time.</summary>
    public string AbandonedEventsFile(int number) => In($"events-before-rollback-{number}.jsonl");

    /// <summary>Which snapshot is best, and by what; there where the run keeps one.</summary>
    public string BestFile => In("best.json");

    /// <summary>A grid of real pictures, one class a row.</summary>
    public string RealsFile => In("reals.png");

    /// <summary>Whoever creates this file asks the run to save and stop.</summary>
    public string StopFile => In("stop");

    /// <summary>Whether a stop was asked for.</summary>
    public bool StopRequested => File.Exists(StopFile);

    /// <summary>Creates the next run directory: its number is one above the highest there.</summary>
    /// <param name="root">Where runs live; created if need be.</param>
    /// <param name="name">What follows the number.</param>
    public static RunDirectory Create(string root, string name)
    {
        Directory.CreateDirectory(root);
        int number = Directory.EnumerateDirectories(root).Select(NumberOf).DefaultIfEmpty(-1).Max() + 1;
        RunDirectory run;
        do
        {
            run = new RunDirectory(System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{number++:d5}-{name}")));
        }
        while (!run.TryClaim());

        Directory.CreateDirectory(run.In("samples"));
        Directory.CreateDirectory(run.In("snapshots"));
        Directory.CreateDirectory(run.In("states"));
        return run;
    }

    /// <summary>Opens an existing run; nothing is changed, for another process may be writing to it.</summary>
    /// <exception cref="RunException">Not a run directory.</exception>
    public static RunDirectory Open(string path)
    {
        var run = new RunDirectory(path.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        if (!File.Exists(run.ConfigFile))
            throw new RunException($"{path}: not a run directory: it has no config.json");
        return run;
    }

    /// <summary>Whether a path is a run directory.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, "config.json"));

    /// <summary>Writes the resolved configuration.</summary>
    public void WriteConfig(string json) => AtomicFile.Write(ConfigFile, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(json)));

    /// <summary>The sample grid of a time.</summary>
    public string SamplesFile(long images) => In(System.IO.Path.Combine("samples", $"fakes-{Stamp(images)}.png"));

    /// <summary>The snapshot of a time: networks, average, classes, configuration.</summary>
    public string SnapshotFile(long images) => In(System.IO.Path.Combine("snapshots", $"snapshot-{Stamp(images)}{Suffix}"));

    /// <summary>What a snapshot lacks to continue exactly.</summary>
    public string StateFile(long images) => In(System.IO.Path.Combine("states", $"state-{Stamp(images)}{Suffix}"));

    /// <summary>Times that have a snapshot, oldest first.</summary>
    public IReadOnlyList<long> Snapshots() => Times("snapshots", "snapshot-");

    /// <summary>The newest time that a run can continue from: it has a snapshot and a state.</summary>
    public long? NewestResumable() => Times("states", "state-").Intersect(Snapshots()).Cast<long?>().LastOrDefault();

    /// <summary>The newest snapshot's file.</summary>
    /// <exception cref="RunException">There is none yet.</exception>
    public string NewestSnapshot() => Snapshots() is [.., long newest]
        ? SnapshotFile(newest)
        : throw new RunException($"{Path}: this run has no snapshot yet; the first comes after the first --snap images");

    /// <summary>Removes snapshots that may go, and every state but the newest two.</summary>
    /// <param name="expendable">Which may go.</param>
    /// <param name="best">Stays with its state in any case; null for none.</param>
    public void Prune(IEnumerable<long> expendable, long? best = null)
    {
        foreach (long images in expendable.Where(images => images != best))
            File.Delete(SnapshotFile(images));
        foreach (long images in Times("states", "state-").SkipLast(2).Where(images => images != best))
            File.Delete(StateFile(images));
    }

    /// <summary>Claims the run for this process until disposed, or until the process dies: two would overwrite each other's files.</summary>
    /// <exception cref="RunException">Another process trains it.</exception>
    public IDisposable Hold()
    {
        try
        {
            return new FileStream(In("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new RunException($"{Path}: another process trains this run; wait for it, or stop it (an empty file {StopFile} makes it save and stop)");
        }
    }

    /// <summary>Removes every snapshot and state of a later time: the run goes on from there as if they had not been.</summary>
    public void ForgetAfter(long images)
    {
        foreach (long later in Times("states", "state-").Where(time => time > images).Reverse())
            File.Delete(StateFile(later));
        foreach (long later in Snapshots().Where(time => time > images))
            File.Delete(SnapshotFile(later));
    }

    /// <summary>Removes what a killed process left half-written.</summary>
    public void RemoveLeftovers()
    {
        foreach (string file in Directory.EnumerateFiles(Path, "*.tmp-*", SearchOption.AllDirectories))
            File.Delete(file);
        File.Delete(StopFile);
    }

    // Another process may want the same number at this moment. Creating a directory succeeds for both; a new file, for one only.
    private bool TryClaim()
    {
        Directory.CreateDirectory(Path);
        try
        {
            new FileStream(LogFile, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(LogFile))
        {
            return false;
        }
    }

    private static string Stamp(long images) => images.ToString("d9", CultureInfo.InvariantCulture);

    private static int NumberOf(string directory) =>
        int.TryParse(System.IO.Path.GetFileName(directory).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private List<long> Times(string folder, string prefix)
    {
        var times = new List<long>();
        foreach (string file in Directory.Exists(In(folder)) ? Directory.EnumerateFiles(In(folder), prefix + "*" + Suffix) : [])
        {
            if (long.TryParse(System.IO.Path.GetFileName(file)[prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long images))
                times.Add(images);
        }

        times.Sort();
        return times;
    }
}
