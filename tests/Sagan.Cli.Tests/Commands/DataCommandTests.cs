using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly Program _program = new();

    [Fact]
    public void Inspecting_tells_classes_sizes_and_what_is_wrong_and_draws_a_sheet()
    {
        WritePictures();

        string report = _program.Run("data inspect pictures").Succeeded();

        Assert.Matches(@"cat +2 +dog +2", report);
        Assert.Matches(@"40x36 +3", report);
        Assert.Contains("cat/torn.png", report, StringComparison.Ordinal);
        Assert.Contains("cat/1.png = dog/1.png   (in several classes)", report, StringComparison.Ordinal);
        Assert.Equal(2 + (2 * 66), PngCodec.Decode(File.ReadAllBytes(_program.In("pictures-sheet.png"))).Height);
    }

    [Fact]
    public void Inspecting_as_json_has_every_list()
    {
        WritePictures();

        JsonNode report = JsonNode.Parse(_program.Run("data inspect pictures --sheet look.png --json").Succeeded())!;

        Assert.Equal(4, report["count"]!.GetValue<int>());
        Assert.Equal("cat/torn.png", report["bad"]![0]!["name"]!.GetValue<string>());
        Assert.True(report["duplicates"]![0]!["acrossClasses"]!.GetValue<bool>());
        Assert.True(File.Exists(_program.In(report["sheet"]!.GetValue<string>())));
    }

    [Fact]
    public void The_toybox_is_inspected_without_a_path()
    {
        string report = _program.Run("data inspect toybox").Succeeded();

        Assert.Contains("50000 pictures, 10 classes", report, StringComparison.Ordinal);
        Assert.True(File.Exists(_program.In("toybox-sheet.png")));
    }

    [Fact]
    public void What_was_packed_can_be_inspected()
    {
        WritePictures();

        string refused = _program.Run("data pack pictures packed.zip").OneErrorLine(exitCode: 1);
        Outcome packed = _program.Run("data pack pictures packed.zip --resolution 32 --skip-bad");
        JsonNode report = JsonNode.Parse(_program.Run("data inspect packed.zip --json").Succeeded())!;

        Assert.Contains("--skip-bad", refused, StringComparison.Ordinal);
        Assert.Contains("sagan train --data packed.zip", packed.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("torn.png", packed.Errors, StringComparison.Ordinal);
        Assert.Equal(4, report["count"]!.GetValue<int>());
        Assert.Equal("dog", report["classes"]![1]!["name"]!.GetValue<string>());
        Assert.Equal(32, Assert.Single(report["sizes"]!.AsArray())!["width"]!.GetValue<int>());
    }

    public void Dispose() => _program.Dispose();

    private void WritePictures()
    {
        Write("cat/0.png", 40, 36, 10);
        Write("cat/1.png", 40, 36, 90);
        Write("dog/0.png", 50, 50, 200);
        Write("dog/1.png", 40, 36, 90);
        File.WriteAllBytes(_program.In("pictures", "cat", "torn.png"), File.ReadAllBytes(_program.In("pictures", "cat", "0.png"))[..60]);
    }

    private void Write(string name, int width, int height, byte level)
    {
        var raster = new Raster(width, height, 3);
        raster.Pixels.AsSpan().Fill(level);
        string file = _program.In("pictures", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        PngFile.Write(file, raster);
    }
}
