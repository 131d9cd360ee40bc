using System.Diagnostics;
using System.Runtime.InteropServices;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tensors;

namespace Sagan.Cli.Commands;

/// <summary>Looks at everything that Sagan needs; nothing that is missing makes it fail.</summary>
internal static class Checkup
{
    private static readonly string[] s_variables = ["LIBTORCH", "SAGAN_NATIVE", "SAGAN_LIBTORCH", "SAGAN_STAND_INS", "SAGAN_CACHE"];

    internal static IReadOnlyList<Finding> Run()
    {
        var findings = new List<Finding> { Platform() };
        findings.AddRange(Libtorch());
        findings.AddRange(ImagingLibraries.Survey().Select(Imaging));
        findings.AddRange(s_variables.Select(Variable));
        findings.Add(Cache());
        findings.Add(Disk());
        return findings;
    }

    private static Finding Platform() => new(
        FindingState.Ok, ".NET", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription}");

    private static IEnumerable<Finding> Libtorch()
    {
        string? problem = Try(() => _ = Torch.Version);
        string attempts = string.Join("; ", Torch.LoadAttempts.Distinct());
        if (problem is not null)
        {
            yield return new Finding(
                FindingState.Missing, "native shim", attempts.Length > 0 ? attempts : problem,
                "start Sagan with ./sagan, which builds the shim; it needs libtorch: apt-get install libtorch-dev, or set LIBTORCH to an unpacked one",
                StopsTraining: true);
            yield break;
        }

        yield return new Finding(FindingState.Ok, "native shim", attempts);
        yield return new Finding(FindingState.Ok, "libtorch", $"{Torch.Version}, {Cuda()}{LibraryFile()}");
        yield return Devices();
        yield return Threads();
        yield return SelfTest();
    }

    private static string Cuda() =>
        !Torch.IsCudaBuild ? "without CUDA" : DeviceGraph.IsSupported ? "CUDA build, with graphs" : "CUDA build, without graphs (CUDA's headers were not there when the shim was built)";

    private static Finding Devices()
    {
        int gpus = Device.Count(DeviceKind.Cuda);
        if (gpus > 0)
            return new Finding(FindingState.Ok, "devices", $"cpu, {string.Join(", ", Enumerable.Range(0, gpus).Select(Device.Cuda))}");
        return new Finding(FindingState.Note, "devices", "cpu only", Torch.IsCudaBuild
            ? "this libtorch could use a GPU and sees none: look at what nvidia-smi says"
            : "for a GPU, set LIBTORCH to an unpacked CUDA libtorch and start ./sagan again");
    }

    private static Finding Threads()
    {
        Torch.Threads = Processor.PhysicalCores;
        return new Finding(
            FindingState.Ok, "threads", $"{Torch.Threads} in force, {Processor.PhysicalCores} physical cores, {Environment.ProcessorCount} logical");
    }

    private static Finding SelfTest()
    {
        string? problem = Try(() =>
        {
            using Scope scope = Scope.Open();
            Tensor x = Tensor.From<float>([1, 2, 3], 3);
            x.RequiresGrad = true;
            Autograd.Backward(x.Square().Sum());
            if (!x.Gradient!.ToArray<float>().SequenceEqual([2f, 4f, 6f]))
                throw new InvalidOperationException("the gradient of x*x is not 2x");
        });
        return problem is null
            ? new Finding(FindingState.Ok, "self-test", "an operator and its gradient")
            : new Finding(FindingState.Missing, "self-test", problem, "build again: remove the folder build/ and start ./sagan", StopsTraining: true);
    }

    // Training writes its grids as PNG; JPEG matters only to those who have some.
    private static Finding Imaging(ImagingLibrary library) => library.File is { } file
        ? new Finding(FindingState.Ok, library.Name, file)
        : new Finding(FindingState.Missing, library.Name, "not found", library.Cure, StopsTraining: library.Format == ImageFormat.Png);

    private static Finding Variable(string name) => new(
        FindingState.Note, name, Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : "not set");

    private static Finding Cache()
    {
        string folder = CacheFolder.Default();
        long bytes = 0;
        string? problem = Directory.Exists(folder)
            ? Try(() => bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length))
            : null;
        return new Finding(FindingState.Note, "data cache", problem ?? $"{folder}, {Size(bytes)}");
    }

    private static Finding Disk()
    {
        long free = 0;
        string? problem = Try(() => free = new DriveInfo(Environment.CurrentDirectory).AvailableFreeSpace);
        return new Finding(FindingState.Note, "free disk", problem ?? $"{Size(free)} in the current folder");
    }

    // Which of several installed libraries it is, where the system tells.
    private static string LibraryFile()
    {
        string? file = null;
        _ = Try(() =>
        {
            using var process = Process.GetCurrentProcess();
            file = process.Modules.Cast<ProcessModule>().Select(module => module.FileName).FirstOrDefault(name => name.Contains("torch_cpu", StringComparison.Ordinal));
        });
        return file is null ? "" : $", {file}";
    }

    private static string Size(long bytes) => bytes >= 1_000_000_000 ? $"{bytes / 1e9:0.0} GB" : $"{bytes / 1e6:0.0} MB";

    /// <summary>Runs a look; what went wrong in one line, or null.</summary>
    private static string? Try(Action look)
    {
        try
        {
            look();
            return null;
        }
#pragma warning disable CA1031 // Whatever is broken on this machine is a finding here, not a failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return (error.InnerException ?? error).Message.ReplaceLineEndings(" ");
        }
    }
}
