using Sagan.Data;
using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Tests.Files;
using Sagan.Tests.Fixtures;
using Sagan.Training;
using TemporaryFolder = Sagan.Tests.Data.TemporaryFolder;

namespace Sagan.Tests.Exchange;

public sealed class NetworkExportTests : IDisposable
{
    private static readonly SelfAttentionGanConfig s_small = new() { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 };

    private readonly TemporaryFolder _folder = new();

    // All keys of theirs and no other, with their shapes, types and numbers, as their code loads them.
    [SharedTheory("fixtures")]
    [InlineData("biggan32_cifar", "")]
    [InlineData("biggan32_hier_attn16_ortho", "")]
    [InlineData("biggan64_hier_attn32", "")]
    [InlineData("biggan128_hier_attn64", "")]
    [InlineData("biggandeep64", "")]
    [InlineData("mimicry_sngan32", "model_state_dict.")]
    [InlineData("mimicry_sngan64", "model_state_dict.")]
    [InlineData("mimicry_cganpd32", "model_state_dict.")]
    [InlineData("mimicry_cganpd128", "model_state_dict.")]
    [InlineData("mimicry_sagan32", "model_state_dict.")]
    [InlineData("mimicry_sagan128", "model_state_dict.")]
    [InlineData("studiogan_projgan32", "state_dict.")]
    [InlineData("studiogan_acgan32", "state_dict.")]
    [InlineData("studiogan_sagan32", "state_dict.")]
    [InlineData("studiogan_biggan32", "state_dict.")]
    public void A_file_of_theirs_comes_back_array_by_array(string name, string container)
    {
        Fixture fixture = Fixture.Open(name);
        using ImportedNetworks imported = ImportedNetworks.Read(
            null, [fixture.File("weights_G.pth"), fixture.File("weights_D.pth")], PeerSettings.Read(fixture.File("case.json")));
        imported.Write(_folder.At("m.safetensors"));

        foreach ((SnapshotPart part, string file) in new[] { (SnapshotPart.Generator, "weights_G.pth"), (SnapshotPart.Discriminator, "weights_D.pth") })
        {
            Export(part, ExportFormat.Pth, (TargetPeer)imported.Peer).Write(_folder.At("x.pth"));

            IReadOnlyDictionary<string, HostArray> theirs = TorchStateDict.Read(fixture.File(file)), ours = TorchStateDict.Read(_folder.At("x.pth"));
            Assert.Equal(theirs.Keys.Select(key => container + key).Order(), ours.Keys.Order());
            foreach ((string key, HostArray expected) in theirs)
                ExpectSame(key, expected, ours[container + key]);
        }
    }

    /// <summary>Networks of ours that other projects have.</summary>
    public static TheoryData<string, ModelConfig, int> Expressible { get; } = new()
    {
        {
            "biggan-pytorch",
            new BigGanConfig
            {
                LatentSize = 10, GeneratorWidth = 4, SharedSize = 3, GeneratorAttention = [32], DiscriminatorAttention = [16],
                Details = new ResNetDetails
                {
                    BatchNormEpsilon = 1e-4,
                    LastBatchNormEpsilon = 1e-5,
                    SpectralNorm = new SpectralNorm { Epsilon = 1e-6, RefreshInEvaluation = true, Iterations = 2 },
                },
            },
            64
        },
        {
            "mimicry",
            new SnganConfig
            {
                LatentSize = 8, GeneratorWidth = 4, DiscriminatorWidth = 4, Conditional = false, HeadBias = true,
                Details = new ResNetDetails { Upsampling = Upsampling.Bilinear, ShortcutInput = ShortcutInput.Rectified },
            },
            48
        },

        // A SNGAN there is a SAGAN here; at 32x32 both are one network.
        {
            "studiogan",
            new SnganConfig
            {
                LatentSize = 8, GeneratorWidth = 4, DiscriminatorWidth = 4, HeadBias = true,
                Details = new ResNetDetails
                {
                    ShortcutInput = ShortcutInput.Rectified,
                    ClassCondition = ClassCondition.OneHot,
                    BatchNormEpsilon = 1e-4,
                    SpectralNorm = new SpectralNorm { Epsilon = 1e-6 },
                },
            },
            32
        },

        // StudioGAN's AC-GAN: batch norms in the discriminator, and no spectral norm.
        {
            "studiogan",
            new SelfAttentionGanConfig
            {
                LatentSize = 8, GeneratorWidth = 2, DiscriminatorWidth = 4, GeneratorAttention = [], DiscriminatorCondition = DiscriminatorCondition.Classifier,
                Details = new ResNetDetails { ClassCondition = ClassCondition.OneHot, BatchNormEpsilon = 1e-4, SpectralNorm = null, DiscriminatorBatchNorm = true },
            },
            64
        },
    };

    [Theory]
    [MemberData(nameof(Expressible))]
    public void What_is_exported_is_imported_as_the_same_network(string names, ModelConfig model, int resolution)
    {
        Write(model, new ImageSpec(3, resolution, model.Conditional ? 4 : 1));
        NetworkExport draws = Export(SnapshotPart.Generator, ExportFormat.Pth, PeerBook.FindTarget(names)), judges = draws with { Part = SnapshotPart.Discriminator };
        draws.Write(_folder.At("G.pth"));
        judges.Write(_folder.At("D.pth"));

        using Generator generator = draws.Snapshot.LoadGenerator();
        using Discriminator discriminator = draws.Snapshot.LoadDiscriminator();
        using ImportedNetworks first = ImportedNetworks.Read(null, [_folder.At("G.pth")], PeerSettings.Of(draws.PeerArguments));
        using ImportedNetworks second = ImportedNetworks.Read(null, [_folder.At("D.pth")], PeerSettings.Of(judges.PeerArguments));

        ExpectSameState(generator, first.Generator!);
        ExpectSameState(discriminator, second.Discriminator!);
    }

    /// <summary>Networks of ours that another project does not have, with the setting that is why.</summary>
    public static TheoryData<string, ModelConfig, int, PeerRole, string> Inexpressible { get; } = new()
    {
        { "mimicry", s_small, 32, PeerRole.Generator, "model.details.upsampling: is nearest, where mimicry has bilinear" },
        { "mimicry", s_small, 32, PeerRole.Discriminator, "model.details.shortcutInput: is raw, where mimicry has rectified" },
        { "mimicry", s_small with { GeneratorAttention = [] }, 32, PeerRole.Generator, "model.generatorAttention: is none" },
        { "mimicry", s_small with { GeneratorAttention = [16, 32] }, 128, PeerRole.Generator, "model." },
        { "mimicry", s_small with { DiscriminatorAttention = [16], Details = Rectified() with { InnerWidth = InnerWidth.Thin } }, 32, PeerRole.Discriminator, "model.discriminatorAttention: makes a network" },
        { "mimicry", s_small with { DiscriminatorAttention = [32], Details = Rectified() }, 128, PeerRole.Discriminator, "model.details.innerWidth: makes a network" },
        { "mimicry", s_small with { Details = new ResNetDetails { SpectralNorm = null } }, 32, PeerRole.Discriminator, "model.details.spectralNorm: is null" },
        { "mimicry", s_small, 64, PeerRole.Generator, "dataset.resolution: is 64, and mimicry has networks with classes for 32, 128" },
        { "mimicry", new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, Details = Rectified() }, 32, PeerRole.Discriminator, "model.details.headSpectralNorm: " },
        { "mimicry", new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, Conditional = false, Details = Rectified() }, 32, PeerRole.Discriminator, "model.headBias: makes a network" },
        { "mimicry", new DcganConfig(), 32, PeerRole.Generator, "model.kind: is dcgan, and mimicry has no such network; sngan, sagan can be exported" },
        { "mimicry", s_small with { DiscriminatorCondition = DiscriminatorCondition.InputConcat }, 32, PeerRole.Discriminator, "model.discriminatorCondition: is input-concat, and mimicry has projection" },
        { "studiogan", s_small, 32, PeerRole.Generator, "model.details.classCondition: is table, where studiogan has one-hot; model.details.batchNormEpsilon is 1E-05, where studiogan has 0.0001" },
        { "studiogan", s_small with { GeneratorWidth = 10, GeneratorAttention = [] }, 32, PeerRole.Generator, "model.generatorWidth: makes 10 channels" },
        { "studiogan", s_small with { Details = Rectified() with { SpectralNorm = null } }, 32, PeerRole.Discriminator, "model.details.discriminatorBatchNorm: is false" },
        { "studiogan", s_small with { Details = Rectified() with { SpectralNorm = null, DiscriminatorBatchNorm = true } }, 32, PeerRole.Discriminator, "model.details.shortcutInput: is rectified, where studiogan has raw" },
        { "studiogan", s_small with { AttentionForm = AttentionForm.Paper }, 32, PeerRole.Generator, "model.attentionForm: is paper" },
        { "studiogan", new BigGanConfig { GeneratorWidth = 4, SharedSize = 3, GeneratorAttention = [] }, 64, PeerRole.Generator, "model." },
        { "biggan-pytorch", new BigGanConfig { LatentSize = 10, GeneratorWidth = 4, SharedSize = 3, GeneratorAttention = [] }, 64, PeerRole.Generator, "model.details.lastBatchNormEpsilon: is 0.0001, where biggan-pytorch has 1E-05; model.details.spectralNorm is " },
        { "biggan-pytorch", new BigGanConfig { LatentSize = 10, GeneratorWidth = 4, Conditional = false, GeneratorAttention = [] }, 64, PeerRole.Generator, "model.conditional: is false" },
        { "biggan-pytorch", new BigGanConfig { GeneratorWidth = 4, SharedSize = 3, GeneratorAttention = [], DiscriminatorAttention = [16] }, 32, PeerRole.Discriminator, "model.discriminatorAttention: stands behind some of the blocks 1, 2, 3, 4" },
        { "biggan-pytorch", new BigGanConfig { GeneratorWidth = 4, Widths = WidthTable.StudioGan, GeneratorAttention = [], DiscriminatorAttention = [] }, 32, PeerRole.Discriminator, "model.details.spectralNorm: is " },
    };

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_theirs_do_not_have_is_refused_by_the_setting(string names, ModelConfig model, int resolution, PeerRole role, string problem)
    {
        var images = new ImageSpec(3, resolution, model.Conditional ? 4 : 1);
        using Module network = role == PeerRole.Generator ? model.BuildGenerator(images) : model.BuildDiscriminator(images);

        var error = Assert.Throws<ConfigException>(() => PeerFit.Require(PeerBook.FindTarget(names)!, network, model, images, role));

        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExportFormat.Safetensors)]
    [InlineData(ExportFormat.Pth)]
    [InlineData(ExportFormat.Npz)]
    public void Our_own_names_are_those_of_the_snapshot(ExportFormat format)
    {
        Write(s_small, new ImageSpec(3, 32, 4));
        Export(SnapshotPart.All, format, null).Write(_folder.At("all"));
        Export(SnapshotPart.Discriminator, format, null).Write(_folder.At("one"));

        using SafetensorsFile snapshot = SafetensorsFile.Open(_folder.At("m.safetensors"));
        IReadOnlyDictionary<string, HostArray> all = Read(format, "all"), one = Read(format, "one");

        Assert.Equal(snapshot.Names.Order(), all.Keys.Order());
        Assert.All(all, entry => Assert.Equal(snapshot[entry.Key].Bytes, entry.Value.Bytes));
        Assert.Equal(snapshot.Names.Where(name => name.StartsWith("discriminator.", StringComparison.Ordinal)).Order(), one.Keys.Select(name => "discriminator." + name).Order());
        Assert.All(one, entry => Assert.Equal(snapshot["discriminator." + entry.Key].Bytes, entry.Value.Bytes));
    }

    [PythonTorchFact]
    public void Torch_loads_what_is_exported()
    {
        Write(s_small, new ImageSpec(3, 32, 4));
        Export(SnapshotPart.Generator, ExportFormat.Pth, null).Write(_folder.At("g.pth"));

        string[] lines = PythonTorch.Run(
            """
            import sys, torch
            for name, value in torch.load(sys.argv[1]).items():
                print(name, list(value.shape), value.numpy().tobytes().hex())
            """,
            _folder.At("g.pth"));

        using Generator generator = Snapshot.Open(_folder.At("m.safetensors")).LoadGenerator();
        string[] expected = [.. generator.State().Select(own => $"{own.Name} [{string.Join(", ", own.Value.Value.Shape.ToArray())}] {Convert.ToHexStringLower(Bytes(own.Value))}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_network_that_is_not_there_is_told_by_name()
    {
        Write(s_small, new ImageSpec(3, 32, 4));

        var error = Assert.Throws<ArrayFileException>(() => Export(SnapshotPart.Average, ExportFormat.Npz, null).Write(_folder.At("x.npz")));

        Assert.EndsWith("m.safetensors: average: there is none in this snapshot; it has generator, discriminator", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("x.npz")));
    }

    public void Dispose() => _folder.Dispose();

    private static ResNetDetails Rectified() => new() { ShortcutInput = ShortcutInput.Rectified };

    private void Write(ModelConfig model, ImageSpec images)
    {
        using var random = new RandomSource(3);
        using GanModel gan = model.Build(images, random);
        var config = new TrainingConfig { Recipe = "", Model = model, Dataset = new ToyboxConfig { Resolution = 32 }, TotalImages = 1 };
        Snapshot.Write(_folder.At("m.safetensors"), config, [.. Enumerable.Range(0, images.Classes).Select(i => $"{i}")], gan, ema: null, clock: 0);
    }

    private NetworkExport Export(SnapshotPart part, ExportFormat format, TargetPeer? peer) =>
        new() { Snapshot = Snapshot.Open(_folder.At("m.safetensors")), Part = part, Format = format, Peer = peer };

    private IReadOnlyDictionary<string, HostArray> Read(ExportFormat format, string file)
    {
        if (format != ExportFormat.Safetensors)
            return format == ExportFormat.Pth ? TorchStateDict.Read(_folder.At(file)) : NpzFile.Read(_folder.At(file));
        using SafetensorsFile arrays = SafetensorsFile.Open(_folder.At(file));
        return arrays.Names.ToDictionary(name => name, name => new HostArray(arrays[name].DType, arrays[name].Shape, arrays[name].Bytes.ToArray()));
    }

    private static void ExpectSame(string key, HostArray expected, HostArray given)
    {
        Assert.Equal((key, expected.DType), (key, given.DType));
        Assert.Equal(expected.Shape.ToArray(), given.Shape.ToArray());

        // Counters and logged singular values: nothing is computed from them, and we do not have them.
        if (key.Split('.')[^1] is "num_batches_tracked" or "sv0" or "sn_sigma")
            return;

        // Tables of gains without their 1: half a unit in the last place of numbers from 2 to 4.
        bool isGain = key.EndsWith("gain.weight", StringComparison.Ordinal);
        Assert.All(expected.ToFloat32().Zip(given.ToFloat32()), pair => Assert.Equal(pair.First, pair.Second, isGain ? 1.2e-7 : 0));
    }

    // A right vector may have to be made from the left one again.
    private static void ExpectSameState(Module expected, Module given) => Assert.All(expected.State().Zip(given.State()), pair =>
    {
        Assert.Equal(pair.First.Name, pair.Second.Name);
        float[] wanted = Values(pair.First.Value), found = Values(pair.Second.Value);
        double tolerance = pair.First.Name.EndsWith(".v", StringComparison.Ordinal) || pair.First.Name.EndsWith(".gain", StringComparison.Ordinal) ? 1e-6 : 0;
        Assert.All(wanted.Zip(found), values => Assert.Equal(values.First, values.Second, tolerance));
    });

    private static byte[] Bytes(Parameter parameter)
    {
        var bytes = new byte[parameter.Value.Count * parameter.Value.DType.Size()];
        parameter.Value.CopyBytesTo(bytes);
        return bytes;
    }

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Value.Count];
        parameter.Value.CopyTo(values.AsSpan());
        return values;
    }
}
