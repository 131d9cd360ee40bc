using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class MorphCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_sheet_begins_and_ends_with_the_pictures_of_the_classes()
    {
        _program.Run($"morph {run.Path} --classes ring,star --seeds 3 --frames 2 --size 32 -o way.png --threads 1").Succeeded();
        _program.Run($"sample {run.Path} --seeds 3 --class all --outdir ends --threads 1").Succeeded();

        Raster sheet = PngCodec.Decode(File.ReadAllBytes(_program.In("way.png")));
        foreach ((int column, string name) in new[] { (0, "seed0003-class02-ring.png"), (2, "seed0003-class08-star.png") })
        {
            // Cells of 32 pixels are enlarged twice, as on every sheet.
            Raster end = PngCodec.Decode(File.ReadAllBytes(_program.In("ends", name)));
            int left = sheet.Width - ((3 - column) * 66), top = 13 + 2;
            for (int y = 0; y < 64; y++)
            {
                for (int x = 0; x < 64; x++)
                    Assert.True(sheet.Row(top + y).Slice((left + x) * 3, 3).SequenceEqual(end.Row(y / 2).Slice(x / 2 * 3, 3)), $"{name} at {x}, {y}");
            }
        }
    }

    [Fact]
    public void A_loop_has_a_frame_for_every_step_of_every_class()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"morph {run.Path} --classes 1,2,3 --seeds 1-2 --frames 4 -o loop.apng --json --threads 1").Succeeded())!;
        _program.Run($"morph {run.Path} --classes star --seeds 1,2,3 --travel --frames 3 --size 40 -o loop.gif --threads 1").Succeeded();

        byte[] gif = File.ReadAllBytes(_program.In("loop.gif"));
        Raster first = PngCodec.Decode(File.ReadAllBytes(_program.In("loop.apng")));
        Assert.Equal(12, told["frames"]!.GetValue<int>());
        Assert.Equal(((2 * 130) + 2, 132), (first.Width, first.Height));
        Assert.Equal("GIF89a"u8.ToArray(), gif[..6]);
        Assert.Equal([40, 0, 40, 0], gif[6..10]);
    }

    [Theory]
    [InlineData("--classes ring", "two or more")]
    [InlineData("--classes ring,moon", "--classes moon: no such class")]
    [InlineData("--classes ring,star -o a.webm", ".gif, .apng, .mp4")]
    [InlineData("--classes ring,star -o nowhere/a.gif", "no folder 'nowhere'")]
    [InlineData("--classes ring,star --seeds 1,2,3 --travel", "as many seeds as classes")]
    [InlineData("--classes ring --travel", "two or more")]
    [InlineData("--seeds 1,2 --travel", "which class")]
    [InlineData("--classes ring,star --frames 0", "--frames 0")]
    [InlineData("--classes ring,star --fps 0", "--fps")]
    public void Ways_that_lead_nowhere_are_refused(string flags, string reason)
    {
        string line = _program.Run($"morph {run.Path} {flags}").OneErrorLine(exitCode: 2);

        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
