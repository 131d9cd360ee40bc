using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class NearestCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void Each_sample_stands_beside_its_nearest_real_pictures()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"nearest {run.Path} --seeds 3,4,5 --class star --neighbours 2 -o near.png --json --threads 1").Succeeded())!;

        Raster sheet = PngCodec.Decode(File.ReadAllBytes(_program.In("near.png")));
        string[] lines = File.ReadAllLines(_program.In("near.csv"));
        JsonArray samples = told["samples"]!.AsArray();
        Assert.Equal([3L, 4, 5], samples.Select(sample => sample!["seed"]!.GetValue<long>()));
        Assert.All(samples, sample => Assert.Equal((8, 2), (sample!["class"]!.GetValue<int>(), sample["nearest"]!.AsArray().Count)));
        Assert.StartsWith($"3,8,1,{samples[0]!["nearest"]![0]!["index"]},", lines[1], StringComparison.Ordinal);
        Assert.Equal(7, lines.Length);
        Assert.Equal(13 + 2 + (3 * 66), sheet.Height);
        Assert.True(told["typicalDistance"]!.GetValue<double>() > 0);
    }

    [Fact]
    public void A_sample_that_is_among_the_real_pictures_is_named()
    {
        _program.Run($"sample {run.Path} --seeds 0-39 --outdir copies/star --class star --threads 1").Succeeded();

        string told = _program.Run($"nearest {run.Path} --seeds 7 --class star --data copies --features toybox -o copy.png --threads 1").Succeeded();

        Assert.Contains("1 of 1 samples lies closer", told, StringComparison.Ordinal);
        Assert.Contains("seed 7 (star)", told, StringComparison.Ordinal);
        Assert.Contains("7,8,1,7,0,", File.ReadAllLines(_program.In("copy.csv"))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--neighbours 0", 2, "--neighbours 0: at least 1")]
    [InlineData("--neighbours 41", 1, "41 are needed")]
    [InlineData("-o near.svg", 2, "name it near.png")]
    [InlineData("--class nothing", 2, "no such class")]
    public void What_cannot_be_shown_is_refused(string flags, int exitCode, string reason)
    {
        string line = _program.Run($"nearest {run.Path} {flags} --threads 1").OneErrorLine(exitCode);

        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
