using System.Text.Json.Nodes;
using Sagan.Tensors.Files;
using Sagan.Tests;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class ExportCommandTests(TrainedRun run)
{
    [Fact]
    public void The_network_that_draws_is_exported_under_our_names()
    {
        string output = run.Program.Run($"export {run.Path} --to pth").Succeeded();
        JsonNode told = JsonNode.Parse(run.Program.Run($"export {run.Path} --to npz --part all -o all.npz --json").Succeeded())!;

        IReadOnlyDictionary<string, HostArray> average = TorchStateDict.Read(run.Program.In("00000-tiny-toybox-b8-average.pth"));
        IReadOnlyDictionary<string, HostArray> all = NpzFile.Read(run.Program.In("all.npz"));
        Assert.Contains("Written         00000-tiny-toybox-b8-average.pth", output, StringComparison.Ordinal);
        Assert.Equal(all.Count, told["arrays"]!.GetValue<int>());
        Assert.Equal(["discriminator", "ema", "generator"], all.Keys.Select(name => name.Split('.')[0]).Distinct().Order());
        Assert.Equal(all["ema.conv.weight"].ToFloat32(), average["conv.weight"].ToFloat32());
    }

    [Fact]
    public void What_cannot_be_exported_ends_with_one_line()
    {
        string names = run.Program.Run($"export {run.Path} --to pth --names mimicry -o x.pth").OneErrorLine(exitCode: 2);
        string all = run.Program.Run($"export {run.Path} --to pth --names studiogan --part all -o x.pth").OneErrorLine(exitCode: 2);
        string self = run.Program.Run($"export {run.Snapshot} --to safetensors -o {run.Snapshot}").OneErrorLine(exitCode: 2);
        string nowhere = run.Program.Run($"export {run.Path} --to npz -o nowhere/x.npz").OneErrorLine(exitCode: 2);
        string format = run.Program.Run($"export {run.Path} --to ckpt").OneErrorLine(exitCode: 2);
        string graphs = run.Program.Run($"export {run.Path} --to onnx --part all -o x.onnx").OneErrorLine(exitCode: 2);
        string graphNames = run.Program.Run($"export {run.Path} --to onnx --names mimicry -o x.onnx").OneErrorLine(exitCode: 2);

        Assert.Contains("model.details.upsampling: is nearest, where mimicry has bilinear", names, StringComparison.Ordinal);
        Assert.Contains("studiogan keeps each network in a file of its own", all, StringComparison.Ordinal);
        Assert.Contains("this is the snapshot itself", self, StringComparison.Ordinal);
        Assert.Contains("there is no folder 'nowhere'", nowhere, StringComparison.Ordinal);
        Assert.Contains("'pth'", format, StringComparison.Ordinal);
        Assert.Contains("a graph is one network", graphs, StringComparison.Ordinal);
        Assert.Contains("--names mimicry: the values of a graph", graphNames, StringComparison.Ordinal);
        Assert.False(File.Exists(run.Program.In("x.pth")) || File.Exists(run.Program.In("x.onnx")));
    }

    [Fact]
    public void Both_networks_are_exported_as_graphs()
    {
        string generator = run.Program.Run($"export {run.Path} --to onnx -o G.onnx").Succeeded();
        JsonNode discriminator = JsonNode.Parse(run.Program.Run($"export {run.Path} --to onnx --part discriminator -o D.onnx --json").Succeeded())!;

        Assert.Contains("standard operators of opset 17", generator, StringComparison.Ordinal);
        Assert.InRange(discriminator["nodes"]!.GetValue<int>(), 20, 200);
        Assert.Contains("truncation", File.ReadAllText(run.Program.In("G.onnx")), StringComparison.Ordinal);
        Assert.Contains("butterfly", File.ReadAllText(run.Program.In("D.onnx")), StringComparison.Ordinal);
    }

    [SharedFact("fixtures")]
    public void An_imported_GAN_survives_the_way_out_and_in()
    {
        string fixture = SharedFactAttribute.Find("fixtures/mimicry_cganpd32")!;
        run.Program.Run($"import mimicry {fixture}/weights_G.pth {fixture}/weights_D.pth -o m.safetensors").Succeeded();

        run.Program.Run("export m.safetensors --to pth --names mimicry -o G.pth").Succeeded();
        run.Program.Run("export m.safetensors --to pth --names mimicry --part discriminator -o D.pth").Succeeded();
        run.Program.Run("import auto G.pth D.pth -o again.safetensors").Succeeded();

        Assert.Equal(File.ReadAllBytes(run.Program.In("m.safetensors")), File.ReadAllBytes(run.Program.In("again.safetensors")));
        Assert.Equal(0L, ((IReadOnlyDictionary<object, object?>)TorchArchive.Open(run.Program.In("G.pth")).Root!)["global_step"]);
    }
}
