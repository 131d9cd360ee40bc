using System.Text.Json.Nodes;
using Sagan.Imaging;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class AttentionCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_figure_shows_the_picture_that_sample_draws()
    {
        _program.Run($"attention {run.Path} --seed 3 --class star --queries 4,4;20,9 -o one.png --threads 1").Succeeded();
        _program.Run($"sample {run.Path} --seeds 3 --class star --outdir seen --threads 1").Succeeded();

        byte[] png = File.ReadAllBytes(_program.In("one.png"));
        Raster figure = PngCodec.Decode(png), picture = PngCodec.Decode(File.ReadAllBytes(_program.In("seen", "seed0003-class08-star.png")));
        int left = figure.Width - (3 * 132), top = figure.Height - 4 - 11 - 128;
        for (int y = 24; y < 32; y++)
        {
            for (int x = 0; x < 32; x++)
                Assert.True(figure.Row(top + (4 * y)).Slice((left + (4 * x)) * 3, 3).SequenceEqual(picture.Row(y).Slice(x * 3, 3)), $"at {x}, {y}");
        }

        Assert.Equal(("4,4;20,9", "8 star"), (PngCodec.ReadTexts(png)["sagan:queries"], PngCodec.ReadTexts(png)["sagan:class"]));
    }

    [Fact]
    public void Several_pictures_have_a_figure_each_and_json_tells_what_they_show()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"attention {run.Path} --seeds 0-1 --layer attention16 -o many.png --json --threads 1").Succeeded())!;

        Assert.Equal(["many-seed0000-class00-face.png", "many-seed0001-class01-butterfly.png"], told["figures"]!.AsArray().Select(figure => figure!["file"]!.GetValue<string>()));
        JsonNode layer = told["figures"]![0]!["layers"]![0]!;
        Assert.Equal(("generator.attention16", 256, 64), (layer["layer"]!.GetValue<string>(), layer["places"]!.GetValue<int>(), layer["keys"]!.GetValue<int>()));
        Assert.Equal(5, layer["queries"]!.AsArray().Count);
        Assert.All(layer["queries"]!.AsArray(), query => Assert.InRange(query!["timesEven"]!.GetValue<double>(), 1, 64));
        Assert.True(File.Exists(_program.In("many-seed0001-class01-butterfly.png")));
    }

    [Fact]
    public void Of_an_image_the_discriminator_is_shown_and_its_logit_told()
    {
        PngFile.Write(_program.In("wide.png"), new Raster(90, 60, 4));

        string told = _program.Run($"attention {run.Path} --image wide.png --class ring -o wide-attention.png --threads 1").Succeeded();

        Assert.Contains("judged as ring, logit", told, StringComparison.Ordinal);
        Assert.Contains("discriminator.attention16", told, StringComparison.Ordinal);
        Assert.Equal("wide.png", PngCodec.ReadTexts(File.ReadAllBytes(_program.In("wide-attention.png")))["sagan:image"]);
    }

    [Theory]
    [InlineData("--queries 32,0", "31,31")]
    [InlineData("--queries 1,2,3", "no place")]
    [InlineData("--layer attention64", "generator.attention16")]
    [InlineData("--image absent.png", "no such file")]
    [InlineData("--image absent.png --seeds 3", "leave --seeds")]
    public void What_cannot_be_shown_is_refused(string flags, string reason)
    {
        string line = _program.Run($"attention {run.Path} {flags}").OneErrorLine(exitCode: 2);

        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_image_is_named()
    {
        File.WriteAllText(_program.In("text.png"), "no picture");

        Assert.Contains("text.png", _program.Run($"attention {run.Path} --image text.png").OneErrorLine(exitCode: 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_without_attention_or_classes_are_told_what_can_be_done()
    {
        _program.Run($"train {TrainedRun.Small} --images 8 --outdir plain --set model.generatorAttention=[] --set model.conditional=false").Succeeded();
        string plain = "plain/" + Path.GetFileName(Directory.GetDirectories(_program.In("plain")).Single());

        string attention = _program.Run($"attention {plain}").OneErrorLine(exitCode: 2);
        string classes = _program.Run($"morph {plain} --classes 0,1").OneErrorLine(exitCode: 2);
        _program.Run($"morph {plain} --travel --seeds 1,2 --frames 2 -o travel.png --threads 1").Succeeded();
        _program.Run($"truncation {plain} --seeds 1,2 --steps 1 --standing 1 -o plain.png --threads 1").Succeeded();

        Assert.Contains("no attention layer", attention, StringComparison.Ordinal);
        Assert.Contains("sagan train tiny", attention, StringComparison.Ordinal);
        Assert.Contains("without classes", classes, StringComparison.Ordinal);
    }
}
