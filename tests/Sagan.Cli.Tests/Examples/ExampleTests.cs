using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Examples;

/// <summary>What the package manuals promise, from packages alone: the examples are built without a look at the projects.</summary>
[Collection(nameof(TrainedRun))]
public sealed class ExampleTests(TrainedRun run, BuiltExamples examples) : IClassFixture<BuiltExamples>
{
    private readonly Program _program = run.Program;

    [LinuxFact]
    public void Every_package_says_what_it_is()
    {
        string[] packages = [.. Directory.EnumerateFiles(examples.Packages, "*.nupkg").Order(StringComparer.Ordinal)];

        Assert.Equal(["Sagan", "Sagan.Cli", "Sagan.Native.linux-x64", "Sagan.Tensors"], packages.Select(NameOf));
        Assert.All(packages, package =>
        {
            using ZipArchive archive = ZipFile.OpenRead(package);
            using var manifest = new StreamReader(archive.GetEntry(NameOf(package) + ".nuspec")!.Open());
            string text = manifest.ReadToEnd();
            Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
            Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);
            Assert.True(archive.GetEntry("README.md")!.Length > 500, package);
        });
        Assert.Equal(["Sagan", "Sagan.Cli", "Sagan.Tensors"], Directory.EnumerateFiles(examples.Packages, "*.snupkg").Select(NameOf).Order(StringComparer.Ordinal));
    }

    [LinuxFact]
    public void The_package_of_the_shim_holds_it_and_its_sources_and_says_for_which_libtorch()
    {
        using ZipArchive archive = ZipFile.OpenRead(Directory.EnumerateFiles(examples.Packages, "Sagan.Native.*.nupkg").Single());

        string[] files = [.. archive.Entries.Select(entry => entry.FullName)];
        using var builtFor = new StreamReader(archive.GetEntry("built-for.txt")!.Open());
        string libtorch = builtFor.ReadToEnd().Trim();
        using var manifest = new StreamReader(archive.GetEntry("Sagan.Native.linux-x64.nuspec")!.Open());

        Assert.Contains("runtimes/linux-x64/native/libsagan.so", files);
        Assert.Contains("native/CMakeLists.txt", files);
        Assert.Contains("native/ops/rows.h", files);
        Assert.Contains("buildTransitive/Sagan.Native.linux-x64.targets", files);
        Assert.DoesNotContain(files, file => file.Contains("torch_cpu", StringComparison.Ordinal));
        Assert.Matches(@"^libtorch \d+\.\d+ with(out)? CUDA$", libtorch);
        Assert.Contains(libtorch, manifest.ReadToEnd(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_command_line_installs_as_a_tool()
    {
        string tool = examples.InstallTool();

        JsonNode told = JsonNode.Parse(BuiltExamples.Run(BuiltExamples.StartOf(tool, _program.Folder, "doctor", "--json")).Succeeded())!;

        Assert.True(told["ready"]!.GetValue<bool>());
    }

    [LinuxFact]
    public void The_console_program_writes_what_sagan_sample_writes()
    {
        _program.Run($"sample {run.Path} --seeds 0-9 --class star --outdir expected").Succeeded();
        string folder = Directory.CreateDirectory(_program.In("console")).FullName, snapshot = _program.In(run.Path);

        Outcome drawn = BuiltExamples.Run(BuiltExamples.StartOf(examples.ProgramOf("Console"), folder, snapshot, "star", "10"));
        Outcome wrong = BuiltExamples.Run(BuiltExamples.StartOf(examples.ProgramOf("Console"), folder, snapshot, "stra"));

        Assert.Equal(10, drawn.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(Enumerable.Range(0, 10), seed => Assert.Equal(
            File.ReadAllBytes(_program.In("expected", $"seed{seed:d4}-class08-star.png")), File.ReadAllBytes(Path.Combine(folder, $"star-{seed}.png"))));
        Assert.Equal((1, "there is no class 'stra'; there are face, butterfly, ring, spiral, checkerboard, flag, arrow, cross, star, flower\n"), (wrong.ExitCode, wrong.Errors));
    }

    [LinuxFact]
    public async Task The_web_program_draws_for_many_at_once_what_sagan_sample_writes()
    {
        _program.Run($"sample {run.Path} --seeds 3 --class all --outdir web").Succeeded();
        _program.Run($"sample {run.Path} --seeds 3 --class cross --truncation 0.7 --outdir web-truncated").Succeeded();
        using var server = new RunningWebApi(examples.ProgramOf("WebApi"), _program.In(run.Path), "--slots", "2");

        string[] names = ["face", "ring", "star", "cross", "3", "flower"];
        string[] paths = [.. Enumerable.Range(0, 40).Select(i => $"/{names[i % names.Length]}.png?seed=3")];
        byte[][] pictures = await Task.WhenAll(paths.Select(server.Get));
        byte[] truncated = await server.Get("/cross.png?seed=3&truncation=0.7");

        Assert.All(paths.Zip(pictures), entry => Assert.Equal(pictures[Array.IndexOf(paths, entry.First)], entry.Second));
        Assert.Equal(names.Length, pictures.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(File.ReadAllBytes(_program.In("web", "seed0003-class08-star.png")), pictures[2]);
        Assert.Equal(File.ReadAllBytes(_program.In("web", "seed0003-class03-spiral.png")), pictures[4]);
        Assert.Equal(File.ReadAllBytes(_program.In("web-truncated", "seed0003-class07-cross.png")), truncated);
    }

    [LinuxFact]
    public async Task The_web_program_answers_what_it_cannot_draw_in_one_line()
    {
        using var server = new RunningWebApi(examples.ProgramOf("WebApi"), _program.In(run.Path));

        await Refused(server, "/stra.png", HttpStatusCode.NotFound, "there is no class 'stra'; there are face,");
        await Refused(server, "/star.png?seed=-1", HttpStatusCode.BadRequest, "a seed is a whole number from 0 to");
        await Refused(server, "/star.png?seed=three", HttpStatusCode.BadRequest, "Failed to bind parameter \"long seed\" from \"three\"");
        await Refused(server, "/star.png?truncation=0", HttpStatusCode.BadRequest, "truncation: ");
        Assert.Contains("<img src=\"/star.png?seed=0\"", await server.Client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task The_web_program_outlives_callers_who_go_away()
    {
        using var server = new RunningWebApi(examples.ProgramOf("WebApi"), _program.In(run.Path));
        using var gone = new CancellationTokenSource();

        Task<byte[]>[] asked = [.. Enumerable.Range(0, 60).Select(seed => server.Client.GetByteArrayAsync(new Uri($"/star.png?seed={seed}", UriKind.Relative), gone.Token))];
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(asked));

        Assert.Equal(await server.Get("/star.png?seed=1"), await server.Get("/star.png?seed=1"));
    }

    private static async Task Refused(RunningWebApi server, string path, HttpStatusCode status, string begin)
    {
        using HttpResponseMessage response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    // The name of a package is what stands before its version.
    private static string NameOf(string package) => System.Text.RegularExpressions.Regex.Match(Path.GetFileName(package), @"^(.+?)\.\d").Groups[1].Value;
}
