using System.Text.Json.Nodes;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class SampleCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void Seeds_show_the_classes_in_turn()
    {
        _program.Run($"sample {run.Path} --seeds 3,9-11 --outdir turn").Succeeded();

        Assert.Equal(
            ["seed0003-class03-spiral.png", "seed0009-class09-flower.png", "seed0010-class00-face.png", "seed0011-class01-butterfly.png"],
            FilesIn("turn"));
    }

    [Fact]
    public void A_class_is_chosen_by_name_number_or_all()
    {
        _program.Run($"sample {run.Path} --seeds 1 --class star --outdir class").Succeeded();
        _program.Run($"sample {run.Path} --seeds 2 --class 8 --outdir class").Succeeded();
        _program.Run($"sample {run.Path} --seeds 3 --class all --outdir all").Succeeded();
        string wrong = _program.Run($"sample {run.Path} --class 10").OneErrorLine(exitCode: 2);

        Assert.Equal(["seed0001-class08-star.png", "seed0002-class08-star.png"], FilesIn("class"));
        Assert.Equal(10, FilesIn("all").Length);
        Assert.Contains("0 to 9", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_can_be_drawn_again_from_what_it_says_about_itself()
    {
        _program.Run($"sample {run.Path} --seeds 0-12 --outdir first").Succeeded();
        byte[] first = File.ReadAllBytes(_program.In("first", "seed0012-class02-ring.png"));
        IReadOnlyDictionary<string, string> texts = PngCodec.ReadTexts(first);
        string snapshot = texts["sagan:model"].Split(' ')[0], seed = texts["sagan:seed"], label = texts["sagan:class"].Split(' ')[0];

        _program.Run($"sample {run.Path}/snapshots/{snapshot} --seeds {seed} --class {label} --outdir again").Succeeded();

        Assert.Equal("Sagan", texts["Software"]);
        Assert.Equal("snapshot-000000064.safetensors at 64 images", texts["sagan:model"]);
        Assert.Equal("2 ring", texts["sagan:class"]);
        Assert.Equal(first, File.ReadAllBytes(_program.In("again", "seed0012-class02-ring.png")));
    }

    [Fact]
    public void A_sheet_has_a_class_in_each_row_and_a_seed_in_each_column()
    {
        _program.Run($"sample {run.Path} --seeds 0-3 --grid --outdir sheet").Succeeded();
        _program.Run($"sample {run.Path} --seeds 0-3 --class all --outdir single").Succeeded();

        byte[] png = File.ReadAllBytes(_program.In("sheet", "grid.png"));
        Raster sheet = PngCodec.Decode(png), single = PngCodec.Decode(File.ReadAllBytes(_program.In("single", "seed0002-class07-cross.png")));
        int left = sheet.Width - (4 * 66) + (2 * 66), top = 2 + (7 * 66);
        Assert.Equal(2 + (10 * 66), sheet.Height);
        Assert.Equal("0-3", PngCodec.ReadTexts(png)["sagan:seeds"]);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
                Assert.True(sheet.Row(top + y).Slice((left + x) * 3, 3).SequenceEqual(single.Row(y / 2).Slice(x / 2 * 3, 3)), $"at {x}, {y}");
        }
    }

    [Fact]
    public void Pictures_of_latents_are_those_of_their_seeds()
    {
        float[] z = new float[2 * TrainedRun.LatentSize];
        var latents = new Latents(TrainedRun.LatentSize, 10, seed: 0, DrawPurpose.Sample);
        latents.Draw(5, z.AsSpan(0, TrainedRun.LatentSize));
        latents.Draw(6, z.AsSpan(TrainedRun.LatentSize));
        Save("z2.npy", HostArray.Of<float>(z, 2, TrainedRun.LatentSize));
        Save("y2.npy", HostArray.Of<long>([5L, 6L], 2));

        _program.Run($"sample {run.Path} --latents z2.npy --labels y2.npy --save x2.npy").Succeeded();
        _program.Run($"sample {run.Path} --seeds 6 --outdir six").Succeeded();

        HostArray pictures = NpyFile.Read(_program.In("x2.npy"));
        Assert.Equal([2L, 3, 32, 32], pictures.Shape.ToArray());
        byte[] planar = new byte[3 * 32 * 32];
        PngCodec.Decode(File.ReadAllBytes(_program.In("six", "seed0006-class06-arrow.png"))).CopyPlanar(planar);
        Assert.Equal(planar, pictures.As<float>()[planar.Length..].ToArray().Select(value => (byte)Math.Clamp((value * 127.5f) + 128, 0, 255)));
    }

    [Fact]
    public void A_latents_picture_does_not_depend_on_its_neighbours()
    {
        float[] z = [.. Enumerable.Range(0, 11 * TrainedRun.LatentSize).Select(i => MathF.Sin(i))];
        Save("z11.npy", HostArray.Of<float>(z, 11, TrainedRun.LatentSize));
        Save("y11.npy", HostArray.Of<long>([.. Enumerable.Range(0, 11).Select(i => i % 10L)], 11));
        Save("z1.npy", HostArray.Of<float>(z.AsSpan(10 * TrainedRun.LatentSize), 1, TrainedRun.LatentSize));
        Save("y1.npy", HostArray.Of<long>([0L], 1));

        _program.Run($"sample {run.Path} --latents z11.npy --labels y11.npy --save x11.npy").Succeeded();
        _program.Run($"sample {run.Path} --latents z1.npy --labels y1.npy --save x1.npy").Succeeded();

        float[] all = NpyFile.Read(_program.In("x11.npy")).ToFloat32(), alone = NpyFile.Read(_program.In("x1.npy")).ToFloat32();
        Assert.Equal(alone, all[(10 * alone.Length)..]);
    }

    [Fact]
    public void Latents_that_do_not_fit_are_named_with_the_cure()
    {
        Save("double.npy", HostArray.Of<double>(new double[TrainedRun.LatentSize], 1, TrainedRun.LatentSize));
        Save("wide.npy", HostArray.Of<float>(new float[TrainedRun.LatentSize + 1], 1, TrainedRun.LatentSize + 1));
        Save("good.npy", HostArray.Of<float>(new float[TrainedRun.LatentSize], 1, TrainedRun.LatentSize));
        Save("label10.npy", HostArray.Of<long>([10L], 1));

        string type = _program.Run($"sample {run.Path} --latents double.npy --labels label10.npy --save no.npy").OneErrorLine(exitCode: 1);
        string shape = _program.Run($"sample {run.Path} --latents wide.npy --labels label10.npy --save no.npy").OneErrorLine(exitCode: 1);
        string label = _program.Run($"sample {run.Path} --latents good.npy --labels label10.npy --save no.npy").OneErrorLine(exitCode: 1);

        Assert.Matches("double.npy: .*float32.*astype", type);
        Assert.Matches(@"wide.npy: .*\[N, 8\].*\[1, 9\]", shape);
        Assert.Matches("label10.npy: .*10 is no class.*0 to 9", label);
        Assert.False(File.Exists(_program.In("no.npy")));
    }

    [Fact]
    public void A_damaged_snapshot_is_named()
    {
        byte[] whole = File.ReadAllBytes(_program.In(run.Snapshot));
        File.WriteAllBytes(_program.In("torn.safetensors"), whole[..(whole.Length / 2)]);
        File.WriteAllText(_program.In("text.safetensors"), "this is no network at all");

        string torn = _program.Run("sample torn.safetensors").OneErrorLine(exitCode: 1);
        string text = _program.Run("sample text.safetensors").OneErrorLine(exitCode: 1);

        Assert.Contains("torn.safetensors", torn, StringComparison.Ordinal);
        Assert.Contains("text.safetensors", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lists_what_was_written()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"sample {run.Snapshot} --seeds 4 --outdir told --json").Succeeded())!;

        Assert.Equal(64, told["images"]!.GetValue<long>());
        JsonNode picture = Assert.Single(told["pictures"]!.AsArray())!;
        Assert.Equal("checkerboard", picture["className"]!.GetValue<string>());
        Assert.True(File.Exists(_program.In(picture["file"]!.GetValue<string>())));
    }

    private string[] FilesIn(string folder) => [.. Directory.EnumerateFiles(_program.In(folder)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private void Save(string file, HostArray array) => NpyFile.Write(_program.In(file), array);
}
