using System.Diagnostics;
using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Tensors.Files;
using Sagan.Training;
using Xunit.Abstractions;

namespace Sagan.Cli.Tests;

/// <summary>A training process that is killed without warning, again and again, loses nothing but time.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 4;
    private const long Images = 240;

    private const string Arguments =
        "train tiny --images 240 --batch 8 --snap 24 --threads 1 --set tickImages=16 --set dataset.perClass=4 "
        + "--set model.generatorWidth=8 --set model.discriminatorWidth=8 --set model.latentSize=8 --outdir";

    // A fixed seed; the moments differ all the same, as processes do.
    private readonly Random _random = new(20240611);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sagan-kill-");

    [Fact]
    public void A_run_killed_at_any_moment_ends_as_the_undisturbed_one()
    {
        RunDirectory whole = Finish(Start($"{Arguments} {In("whole")}"), "whole");

        for (int i = 0; i < Kills; i++)
        {
            using Process process = StartOrResume();
            Kill(process, midWrite: i % 2 == 0);
            ExpectWholeFiles();
        }

        RunDirectory parts = Finish(StartOrResume(), "parts");

        AssertSameEnd(whole, parts);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string In(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Resumes the interrupted run, or begins anew where it left nothing to resume; the program has to say so.</summary>
    private Process StartOrResume()
    {
        string? path = Directory.Exists(In("parts")) ? Directory.EnumerateDirectories(In("parts")).SingleOrDefault() : null;
        if (path is null)
            return Start($"{Arguments} {In("parts")}");
        if (RunDirectory.IsRun(path) && RunDirectory.Open(path).NewestResumable() is { } images)
        {
            output.WriteLine($"resumed at {images}");
            return Start($"train --resume {path} --threads 1");
        }

        using (Process refused = Start($"train --resume {path} --threads 1"))
        {
            string errors = refused.StandardError.ReadToEnd();
            refused.WaitForExit();
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith("sagan: ", Assert.Single(errors.TrimEnd().Split('\n')));
            Assert.Contains(path, errors);
        }

        output.WriteLine("began anew");
        Directory.Delete(path, recursive: true);
        return Start($"{Arguments} {In("parts")}");
    }

    /// <summary>SIGKILL: while one of the next files is being written, or at some moment.</summary>
    private void Kill(Process process, bool midWrite)
    {
        int files = midWrite ? _random.Next(1, 12) : int.MaxValue;
        long until = midWrite ? long.MaxValue : Environment.TickCount64 + _random.Next(500, 4000);
        var seen = new HashSet<string>();
        while (!process.HasExited && seen.Count < files && Environment.TickCount64 < until)
            seen.UnionWith(HalfWritten());

        output.WriteLine(process.HasExited ? "finished before it was killed" : $"killed {(midWrite ? $"while writing file {seen.Count}" : "at some moment")}");
        process.Kill();
        process.WaitForExit();
    }

    private string[] HalfWritten()
    {
        try
        {
            return Directory.Exists(In("parts")) ? Directory.GetFiles(In("parts"), "*.tmp-*", SearchOption.AllDirectories) : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Whatever is named a snapshot or a state is a whole one.</summary>
    private void ExpectWholeFiles()
    {
        foreach (string path in Directory.Exists(In("parts")) ? Directory.EnumerateDirectories(In("parts")).Where(RunDirectory.IsRun) : [])
        {
            RunDirectory run = RunDirectory.Open(path);
            Assert.DoesNotContain(run.Snapshots(), images => run.SnapshotFile(images).Contains(".tmp", StringComparison.Ordinal));
            Assert.All(run.Snapshots(), images =>
            {
                using var generator = Snapshot.Open(run.SnapshotFile(images)).LoadGenerator();
            });
            Assert.All(Directory.EnumerateFiles(Path.Combine(path, "states"), "*.safetensors"), state => SafetensorsFile.Open(state).Dispose());
        }
    }

    private RunDirectory Finish(Process process, string name)
    {
        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
        }

        return RunDirectory.Open(Directory.EnumerateDirectories(In(name)).Single());
    }

    private static void AssertSameEnd(RunDirectory whole, RunDirectory parts)
    {
        Assert.Equal(whole.Snapshots(), parts.Snapshots());
        Assert.Equal(File.ReadAllBytes(whole.SnapshotFile(Images)), File.ReadAllBytes(parts.SnapshotFile(Images)));
        Assert.Equal(File.ReadAllBytes(whole.StateFile(Images)), File.ReadAllBytes(parts.StateFile(Images)));
        Assert.Equal(File.ReadAllBytes(whole.SamplesFile(Images)), File.ReadAllBytes(parts.SamplesFile(Images)));
        Assert.Empty(Directory.EnumerateFiles(parts.Path, "*.tmp*", SearchOption.AllDirectories));

        long[] times = [.. EventLog.Read(parts.EventsFile).Where(line => line["event"] is null).Select(line => line["images"]!.GetValue<long>())];
        Assert.Equal(times.Distinct().Order(), times);
        Assert.Equal(Images, times[^1]);
    }

    private Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sagan.Cli.dll"), .. arguments.Split(' ')])
        {
            WorkingDirectory = _root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;

        // Nobody reads it, and a full pipe would stop the process.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
