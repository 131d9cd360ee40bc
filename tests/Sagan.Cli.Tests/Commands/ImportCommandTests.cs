using System.Text.Json.Nodes;
using Sagan.Tensors.Files;
using Sagan.Tests;
using Sagan.Tests.Exchange;

namespace Sagan.Cli.Tests.Commands;

/// <summary>Other projects' files, from the command line to the numbers that their own code computed.</summary>
public sealed class ImportCommandTests : IDisposable
{
    /// <summary>Of the largest number of an array: what the fixtures' makers measured to be room for rounding.</summary>
    private const double Tolerance = 1e-4;

    private readonly Program _program = new();

    [SharedTheory("fixtures")]
    [InlineData("biggan32_cifar", "biggan-pytorch")]
    [InlineData("biggan32_hier_attn16_ortho", "auto")]
    [InlineData("biggan32_mybn_svs2_thin", "auto")]
    [InlineData("biggan64_hier_attn32", "auto")]
    [InlineData("biggan128_hier_attn64", "auto")]
    [InlineData("biggandeep64", "auto")]
    [InlineData("mimicry_sngan32", "mimicry")]
    [InlineData("mimicry_sngan64", "auto")]
    [InlineData("mimicry_cganpd32", "auto")]
    [InlineData("mimicry_cganpd128", "auto")]
    [InlineData("mimicry_sagan32", "auto")]
    [InlineData("mimicry_sagan128", "auto")]
    [InlineData("studiogan_projgan32", "studiogan")]
    [InlineData("studiogan_acgan32", "auto")]
    [InlineData("studiogan_sagan32", "auto")]
    [InlineData("studiogan_biggan32", "auto")]
    public void Imported_networks_draw_and_judge_what_they_did_at_home(string name, string kind)
    {
        string fixture = SharedFactAttribute.Find($"fixtures/{name}")!;
        IReadOnlyDictionary<string, HostArray> numbers = NpzFile.Read(Path.Combine(fixture, "io.npz"));
        foreach (string array in new[] { "z", "y", "x", "x_y" }.Where(numbers.ContainsKey))
            NpyFile.Write(_program.In($"{array}.npy"), numbers[array]);
        (string ofLatents, string ofPictures) = numbers.ContainsKey("y") ? ("--labels y.npy", "--labels x_y.npy") : ("", "");

        _program.Run($"import {kind} {fixture}/weights_D.pth {fixture}/weights_G.pth --config {fixture}/case.json -o m.safetensors").Succeeded();
        _program.Run($"sample m.safetensors --latents z.npy {ofLatents} --save images.npy --threads 1").Succeeded();
        _program.Run($"score m.safetensors --images x.npy {ofPictures} --save logits.npy --threads 1").Succeeded();

        Expect(numbers["G_eval_images"], "images.npy");
        Expect(numbers.TryGetValue("D_eval_logits", out HostArray? logits) ? logits : numbers["D_eval_adv"], "logits.npy");
    }

    [SharedTheory("fixtures")]
    [InlineData("0.4")]
    [InlineData("1")]
    public void Statistics_by_truncation_are_chosen_for_latents_as_they_are(string truncation)
    {
        string fixture = SharedFactAttribute.Find("fixtures/hf_biggan")!;
        IReadOnlyDictionary<string, HostArray> numbers = NpzFile.Read(Path.Combine(fixture, "io.npz"));
        NpyFile.Write(_program.In("z.npy"), numbers["z"]);
        NpyFile.Write(_program.In("y.npy"), numbers["class_label"]);

        _program.Run($"import auto {fixture}/pytorch_model.bin --config {fixture}/config.json -o m.safetensors").Succeeded();
        _program.Run($"sample m.safetensors --latents z.npy --labels y.npy --truncation {truncation} --save images.npy --threads 1").Succeeded();

        Expect(numbers[$"images_truncation_{truncation}"], "images.npy");
    }

    [SharedFact("fixtures")]
    public void Networks_with_statistics_by_truncation_scale_their_latents()
    {
        string fixture = SharedFactAttribute.Find("fixtures/hf_biggan")!;
        _program.Run($"import huggingface {fixture}/pytorch_model.bin -o m.safetensors").Succeeded();

        _program.Run("sample m.safetensors --seeds 3 --class 2 --truncation 0.4 --outdir plain --threads 1").Succeeded();
        _program.Run("sample m.safetensors --seeds 3 --class 2 --truncation 0.4 --truncation-mode scale --outdir scaled --threads 1").Succeeded();
        _program.Run("sample m.safetensors --seeds 3 --class 2 --truncation 0.4 --truncation-mode resample --outdir drawn-again --threads 1").Succeeded();
        JsonNode sheet = JsonNode.Parse(_program.Run("truncation m.safetensors --seeds 3 --class 2 --steps 0.4 --json --threads 1").Succeeded())!;

        byte[] plain = Picture("plain");
        Assert.Equal(plain, Picture("scaled"));
        Assert.NotEqual(plain, Picture("drawn-again"));
        Assert.Equal(("scale", 0), (sheet["mode"]!.GetValue<string>(), sheet["standingBatches"]!.GetValue<int>()));

        byte[] Picture(string folder) => File.ReadAllBytes(Assert.Single(Directory.GetFiles(_program.In(folder))));
    }

    [SharedFact("fixtures")]
    public void An_imported_GAN_is_trained_on_and_looked_into()
    {
        string fixture = SharedFactAttribute.Find("fixtures/mimicry_sagan32")!;
        JsonNode told = JsonNode.Parse(_program.Run($"import auto {fixture}/weights_D.pth {fixture}/weights_G.pth -o m.safetensors --json").Succeeded())!;

        string trained = _program.Run("train tiny --init-from m.safetensors --set dataset.perClass=4 --images 16 --batch 8 --threads 1").Succeeded();
        string small = _program.Run("train tiny --init-from m.safetensors --resolution 64 --set dataset.perClass=4").OneErrorLine(exitCode: 2);
        _program.Run("attention m.safetensors --threads 1").Succeeded();
        _program.Run("morph m.safetensors --classes 0,1 --frames 2 --threads 1 -o m.gif").Succeeded();

        Assert.Equal(("mimicry", 32, 10), (told["kind"]!.GetValue<string>(), told["resolution"]!.GetValue<int>(), told["classes"]!.GetValue<int>()));
        Assert.Contains("Starting from   m.safetensors", trained, StringComparison.Ordinal);
        Assert.Contains("are for 3x32x32 and the pictures are 3x64x64", small, StringComparison.Ordinal);
        JsonNode config = JsonNode.Parse(File.ReadAllText(_program.In("runs", "00000-tiny-toybox-b8", "config.json")))!;
        Assert.Equal("thin", config["model"]!["details"]!["innerWidth"]!.GetValue<string>());
        Assert.Single(Directory.GetDirectories(_program.In("runs")));
    }

    [SharedFact("fixtures")]
    public void A_generator_alone_draws_and_cannot_judge_or_be_trained()
    {
        string fixture = SharedFactAttribute.Find("fixtures/studiogan_biggan32")!;
        string output = _program.Run($"import auto {fixture}/weights_G.pth -o g.safetensors").Succeeded();
        NpyFile.Write(_program.In("x.npy"), HostArray.Of<float>(new float[3 * 32 * 32], 1, 3, 32, 32));
        NpyFile.Write(_program.In("y.npy"), HostArray.Of<long>([0L], 1));

        _program.Run("sample g.safetensors --seeds 0-1 --threads 1").Succeeded();
        string summary = _program.Run("summary g.safetensors").Succeeded();
        string judged = _program.Run("score g.safetensors --images x.npy --labels y.npy --save l.npy").OneErrorLine(exitCode: 1);
        string trained = _program.Run("train tiny --init-from g.safetensors").OneErrorLine(exitCode: 1);

        Assert.Contains("Discriminator   none", output, StringComparison.Ordinal);
        Assert.Contains("generator", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("discriminator", summary, StringComparison.Ordinal);
        Assert.Contains("g.safetensors: discriminator: there is none", judged, StringComparison.Ordinal);
        Assert.Contains("g.safetensors: discriminator: there is none", trained, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.In("runs")));
    }

    // There is no file of this project's at hand: one is made up.
    [Fact]
    public void A_network_of_plain_convolutions_with_attention_goes_the_whole_way()
    {
        using (var files = new HeykeetaeFiles())
        {
            TorchWriter.Write(_program.In("3_G.pth"), Dictionary(files.Generator));
            TorchWriter.Write(_program.In("3_D.pth"), Dictionary(files.Discriminator));
        }

        JsonNode told = JsonNode.Parse(_program.Run("import auto 3_G.pth 3_D.pth -o m.safetensors --json").Succeeded())!;
        _program.Run("sample m.safetensors --seeds 0-1 --threads 1").Succeeded();
        string attention = _program.Run("attention m.safetensors --seeds 1 --threads 1").Succeeded();
        _program.Run("morph m.safetensors --travel --seeds 1,2 --frames 2 --threads 1 -o m.gif").Succeeded();
        string trained = _program.Run("train tiny --init-from m.safetensors --set dataset.perClass=4 --images 16 --batch 8 --threads 1").Succeeded();
        foreach (string format in new[] { "pth", "npz", "safetensors" })
            _program.Run($"export m.safetensors --to {format} --part discriminator -o d.{format}").Succeeded();

        Assert.Equal(("heykeetae", 64, 0), (told["kind"]!.GetValue<string>(), told["resolution"]!.GetValue<int>(), told["classes"]!.GetValue<int>()));
        Assert.Contains("attention16", attention, StringComparison.Ordinal);
        Assert.Contains("Starting from   m.safetensors", trained, StringComparison.Ordinal);
        JsonNode model = JsonNode.Parse(File.ReadAllText(_program.In("runs", "00000-tiny-toybox-b8", "config.json")))!["model"]!;
        Assert.Equal(("self-attention", "inputs"), (model["form"]!.GetValue<string>(), model["deconvolutionRows"]!.GetValue<string>()));
        Assert.True(model["spectralNorm"]!["refreshInEvaluation"]!.GetValue<bool>());
        Assert.Equal([1L, 1024], NpzFile.Read(_program.In("d.npz"))["head.linear.weight"].Shape.ToArray());

        static OrderedDictionary<string, object?> Dictionary(Dictionary<string, HostArray> arrays) =>
            new(arrays.Select(entry => KeyValuePair.Create(entry.Key, (object?)entry.Value)));
    }

    [SharedFact("fixtures")]
    public void What_is_no_such_network_ends_with_one_line()
    {
        string fixture = SharedFactAttribute.Find("fixtures/biggan32_cifar")!;
        string other = SharedFactAttribute.Find("fixtures/mimicry_sngan32")!;

        string kind = _program.Run($"import studiogan {fixture}/weights_G.pth -o g.safetensors").OneErrorLine(exitCode: 1);
        string mixed = _program.Run($"import auto {fixture}/weights_G.pth {other}/weights_D.pth -o g.safetensors").OneErrorLine(exitCode: 1);

        Assert.Contains("are not the names of a network of studiogan", kind, StringComparison.Ordinal);
        Assert.Contains("mimicry_sngan32", mixed, StringComparison.Ordinal);
        Assert.False(File.Exists(_program.In("g.safetensors")));
    }

    public void Dispose() => _program.Dispose();

    private void Expect(HostArray expected, string file)
    {
        float[] theirs = expected.ToFloat32(), ours = NpyFile.Read(_program.In(file)).ToFloat32();
        Assert.Equal(theirs.Length, ours.Length);
        double error = theirs.Zip(ours, (a, b) => Math.Abs((double)a - b)).Max() / theirs.Max(Math.Abs);
        Assert.True(error <= Tolerance, $"{file}: relative error {error:e2}");
    }
}
