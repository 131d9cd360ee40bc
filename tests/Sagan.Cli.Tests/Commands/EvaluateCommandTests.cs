using System.Text.Json.Nodes;
using Sagan.Tensors.Files;
using Sagan.Tests;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class EvaluateCommandTests(TrainedRun run)
{
    [Fact]
    public void A_run_is_scored_against_what_it_was_trained_on()
    {
        string output = run.Program.Run($"evaluate {run.Path} --metrics fid60_full,prdc60_sub --samples 40 --threads 1").Succeeded();
        JsonNode cards = JsonNode.Parse(run.Program.Run($"evaluate {run.Path} --metrics fid40_full --repeats 2 --truncation 0.5 --standing 2 --json --threads 1 -o cards.jsonl").Succeeded())!;

        Assert.Contains("toybox-random-conv-1:fid40_full  fid ", output, StringComparison.Ordinal);
        Assert.Contains("Against    toybox, 40 pictures", output, StringComparison.Ordinal);
        Assert.Equal(("0.5 resample", "standing, 2 batches of 8", 2), (Text(cards[0]!, "truncation"), Text(cards[0]!, "batchNorm"), cards[0]!["repeats"]!.GetValue<int>()));
        Assert.Equal((64L, true), (cards[0]!["images"]!.GetValue<long>(), cards[0]!["ema"]!.GetValue<bool>()));
        Assert.Equal(cards[0]!.ToJsonString(), File.ReadAllText(run.Program.In("cards.jsonl")).TrimEnd());
    }

    [Fact]
    public void Folders_arrays_and_statistics_of_the_same_pictures_have_the_same_distance()
    {
        run.Program.Run($"sample {run.Path} --seeds 0-1 --class all --outdir first --threads 1").Succeeded();
        run.Program.Run($"sample {run.Path} --seeds 2-3 --class all --outdir second --threads 1").Succeeded();
        run.Program.Run("data stats second --features toybox -o second.npz --threads 1").Succeeded();
        SaveArray("second", "array.npz");

        double folders = Fid("compare first second"), statistics = Fid("compare first second.npz"), array = Fid("compare first array.npz");
        double evaluated = Fid("evaluate first --data second.npz");

        Assert.True(folders > 0);
        Assert.Equal([folders, folders], [statistics, evaluated]);
        Assert.Equal(folders, array, 9);
        Assert.Equal(0, Fid("compare second second"), 6);
    }

    [Fact]
    public void Cards_are_compared_if_they_are_alike()
    {
        run.Program.Run($"evaluate {run.Path} --metrics fid40_full --seed 1 -o one.jsonl --threads 1").Succeeded();
        run.Program.Run($"evaluate {run.Path} --metrics fid40_full --seed 2 -o two.jsonl --threads 1").Succeeded();
        run.Program.Run($"evaluate {run.Path} --metrics fid40_full --truncation 0.7 -o other.jsonl --threads 1").Succeeded();

        string alike = run.Program.Run("compare one.jsonl two.jsonl").Succeeded();
        string unlike = run.Program.Run("compare one.jsonl other.jsonl").OneErrorLine(exitCode: 1);

        Assert.Contains("Second     00000-tiny-toybox-b8: 40 pictures, trained on 64, averaged weights, batch norm running, seed 2", alike, StringComparison.Ordinal);
        Assert.Contains("truncation is none in the first and 0.7 resample in the second", unlike, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_scored_ends_with_one_line_and_keeps_nothing()
    {
        Directory.CreateDirectory(run.Program.In("damaged"));
        File.WriteAllBytes(run.Program.In("damaged", "a.png"), [1, 2, 3]);
        File.WriteAllBytes(run.Program.In("damaged", "b.png"), [1, 2, 3]);
        Directory.CreateDirectory(run.Program.In("few"));
        run.Program.Run($"sample {run.Path} --seeds 0 --class star --outdir few --threads 1").Succeeded();
        NpzFile.Write(run.Program.In("small.npz"), new Dictionary<string, HostArray> { ["mu"] = HostArray.Of<double>(new double[4], 4), ["sigma"] = HostArray.Of<double>(new double[16], 4, 4) }, compress: false);
        File.WriteAllText(run.Program.In("weights.pth"), "no weights");

        Assert.Contains("a.png cannot be decoded", Failed("compare damaged damaged --features toybox"), StringComparison.Ordinal);
        Assert.Contains("few has 1 pictures; give two at least", Failed("compare few few --features toybox --metrics fid"), StringComparison.Ordinal);
        Assert.Contains("statistics of 4 features, the extractor here gives", Failed($"evaluate {run.Path} --data small.npz --features toybox --metrics fid20"), StringComparison.Ordinal);
        Assert.Contains("weights.pth", Failed($"evaluate {run.Path} --inception weights.pth"), StringComparison.Ordinal);
        Assert.Contains("wants 50 pictures and few has 1", Failed("evaluate few --data toybox --metrics fid50_sub"), StringComparison.Ordinal);
        Assert.Contains("there is no 'fud'", Refused($"evaluate {run.Path} --metrics fud"), StringComparison.Ordinal);
        Assert.Contains("--data is missing", Refused("evaluate few"), StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Refused("compare few nowhere"), StringComparison.Ordinal);
        Assert.Contains("truncation is for a network", Refused("evaluate few --data toybox --truncation 0.5"), StringComparison.Ordinal);
        Assert.Contains("--resize: there is no 'bicubic'", Refused($"evaluate {run.Path} --features inception --resize bicubic"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Program.In("cache", "weights")));
    }

    [SharedFact("fixtures")]
    public void An_imported_network_is_scored()
    {
        string fixture = SharedFactAttribute.Find("fixtures/studiogan_biggan32")!;
        run.Program.Run($"import studiogan {fixture}/weights_G.pth --config {fixture}/case.json -o G.safetensors").Succeeded();

        JsonNode cards = JsonNode.Parse(run.Program.Run("evaluate G.safetensors --data toybox --metrics fid20_sub,kid20_sub --json --threads 1").Succeeded())!;

        Assert.True(cards[0]!["values"]!["fid"]!.GetValue<double>() > 0);
        Assert.Equal("G", Text(cards[1]!, "generated"));
    }

    private double Fid(string command) =>
        JsonNode.Parse(run.Program.Run($"{command} --features toybox --metrics fid --json --threads 1").Succeeded())![0]!["values"]!["fid"]!.GetValue<double>();

    private string Failed(string command) => run.Program.Run($"{command} --threads 1").OneErrorLine(exitCode: 1);

    private string Refused(string command) => run.Program.Run($"{command} --threads 1").OneErrorLine(exitCode: 2);

    private static string? Text(JsonNode card, string field) => card[field]!.GetValue<string>();

    private void SaveArray(string folder, string file)
    {
        using var pictures = Sagan.Data.PictureSources.Open(run.Program.In(folder));
        byte[] pixels = [.. pictures.Read().OrderBy(picture => picture.Index).SelectMany(picture => picture.Decode().Pixels)];
        NpzFile.Write(run.Program.In(file), new Dictionary<string, HostArray> { ["arr_0"] = HostArray.Of<byte>(pixels, pictures.Entries.Count, 32, 32, 3) }, compress: false);
    }
}
