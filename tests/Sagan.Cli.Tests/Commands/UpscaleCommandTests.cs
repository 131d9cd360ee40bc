using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class UpscaleCommandTests(TrainedRun run)
{
    private const string Small = "train upscale-16-to-64 --resolution 16 --images 16 --batch 8 --threads 1 --set dataset.perClass=4 --set model.generatorWidth=4 --set model.discriminatorWidth=4 --set model.generatorBlocks=1";

    [Fact]
    public void Files_and_folders_of_any_size_are_enlarged_and_compared()
    {
        using var program = new Program();
        program.Run(Small).Succeeded();
        Directory.CreateDirectory(program.In("in"));
        File.WriteAllBytes(program.In("in/a.png"), PngCodec.Encode(new Raster(9, 5, 3)));
        File.WriteAllBytes(program.In("a.png"), PngCodec.Encode(new Raster(3, 4, 1)));

        string output = program.Run("upscale runs/00000-upscale-16-to-64-toybox-b8 in a.png -o out --compare --json --threads 1").Succeeded();

        JsonNode told = JsonNode.Parse(output)!;
        Assert.Equal(4, told["factor"]!.GetValue<int>());
        Assert.Equal(["out/a.png", "out/a-2.png"], told["pictures"]!.AsArray().Select(file => file!.GetValue<string>()));
        Raster first = Read("out/a.png"), second = Read("out/a-2.png");
        Assert.Equal((36, 20), (first.Width, first.Height));
        Assert.Equal((12, 16), (second.Width, second.Height));
        Assert.True(Read("out/a-compare.png").Width > 3 * 36);

        Raster Read(string file) => ImageFile.Decode(File.ReadAllBytes(program.In(file)));
    }

    [Fact]
    public void A_network_that_enlarges_nothing_is_refused_with_what_to_train()
    {
        File.WriteAllBytes(run.Program.In("small.png"), PngCodec.Encode(new Raster(3, 4, 3)));

        string line = run.Program.Run($"upscale {run.Path} small.png").OneErrorLine(exitCode: 2);

        Assert.Contains("upscale-16-to-64", line, StringComparison.Ordinal);
    }
}
