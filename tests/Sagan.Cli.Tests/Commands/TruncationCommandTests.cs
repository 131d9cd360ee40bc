using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class TruncationCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_sheet_has_a_threshold_in_each_row_which_sample_draws_again()
    {
        string told = _program.Run($"truncation {run.Path} --seeds 0-2 --class star --steps 0.5,2 --standing 2 -o sheet.png --threads 1").Succeeded();
        _program.Run($"sample {run.Path} --seeds 1 --class star --truncation 0.5 --standing 2 --outdir half --threads 1").Succeeded();

        byte[] png = File.ReadAllBytes(_program.In("sheet.png"));
        Raster sheet = PngCodec.Decode(png), single = PngCodec.Decode(File.ReadAllBytes(_program.In("half", "seed0001-class08-star.png")));
        int left = sheet.Width - (2 * 66), top = 13 + 2;
        Assert.Equal(13 + 2 + (2 * 66), sheet.Height);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
                Assert.True(sheet.Row(top + y).Slice((left + x) * 3, 3).SequenceEqual(single.Row(y / 2).Slice(x / 2 * 3, 3)), $"at {x}, {y}");
        }

        Assert.Equal("0.5,2 resample", PngCodec.ReadTexts(png)["sagan:truncations"]);
        Assert.Equal("2 batches of 8", PngCodec.ReadTexts(png)["sagan:standing"]);
        Assert.Contains("2 batches of 8", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_names_the_thresholds()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"truncation {run.Path} --seeds 0 --truncation-mode scale --standing 0 --json -o scale.png --threads 1").Succeeded())!;

        Assert.Equal([0.1, 0.2, 0.4, 0.6, 0.8, 1], told["thresholds"]!.AsArray().Select(step => step!.GetValue<double>()));
        Assert.Equal(("scale", 0), (told["mode"]!.GetValue<string>(), told["standingBatches"]!.GetValue<int>()));
        Assert.True(File.Exists(_program.In("scale.png")));
    }

    [Theory]
    [InlineData("truncation", "--steps 0.5,0", "0 is below 0.01")]
    [InlineData("truncation", "--steps 0.5,a", "'a' is no number")]
    [InlineData("truncation", "--standing -1", "--standing -1")]
    [InlineData("sample", "--truncation 0", "0 is below 0.01")]
    [InlineData("sample", "--truncation 1.5 --truncation-mode scale", "at most 1")]
    [InlineData("sample", "--truncation-mode scale", "--truncation T")]
    [InlineData("sample", "--latents z.npy --truncation 0.5", "for seeds")]
    public void Thresholds_that_cannot_be_are_refused(string command, string flags, string reason)
    {
        string line = _program.Run($"{command} {run.Path} {flags}").OneErrorLine(exitCode: 2);

        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_picture_can_be_drawn_again_from_what_it_says()
    {
        _program.Run($"sample {run.Path} --seeds 5 --truncation 0.4 --truncation-mode scale --outdir first --threads 1").Succeeded();
        byte[] first = File.ReadAllBytes(_program.In("first", "seed0005-class05-flag.png"));
        string[] truncation = PngCodec.ReadTexts(first)["sagan:truncation"].Split(' ');

        _program.Run($"sample {run.Path} --seeds 5 --truncation {truncation[0]} --truncation-mode {truncation[1]} --outdir again --threads 1").Succeeded();
        _program.Run($"sample {run.Path} --seeds 5 --outdir whole --threads 1").Succeeded();

        Assert.Equal(first, File.ReadAllBytes(_program.In("again", "seed0005-class05-flag.png")));
        byte[] whole = File.ReadAllBytes(_program.In("whole", "seed0005-class05-flag.png"));
        Assert.NotEqual(PngCodec.Decode(whole).Pixels, PngCodec.Decode(first).Pixels);
        Assert.False(PngCodec.ReadTexts(whole).ContainsKey("sagan:truncation"));
    }
}
