using Sagan.Exchange;
using Sagan.Exchange.BigGanPyTorch;
using Sagan.Exchange.Mimicry;
using Sagan.Exchange.StudioGan;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Exchange;

public class ImportedNetworksTests
{
    private static readonly ImageSpec s_images = new(3, 32, 4);

    private static readonly BigGanConfig s_model = new()
    {
        LatentSize = 8,
        GeneratorWidth = 2,
        SharedSize = 3,
        GeneratorAttention = [],
        Details = new ResNetDetails { SpectralNorm = new SpectralNorm { Epsilon = 1e-8, RefreshInEvaluation = true } },
    };

    [Fact]
    public void What_surrounds_a_network_is_looked_through()
    {
        Dictionary<string, HostArray> plain = Arrays();

        Dictionary<string, HostArray> wrapped = plain.ToDictionary(entry => "state_dict.module." + entry.Key, entry => entry.Value);
        wrapped.Add("optimizer.state.0.exp_avg", HostArray.Of<float>([1f], 1));
        using ImportedNetworks imported = ForeignFile.Import(("g.pth", wrapped));

        Assert.Equal(plain["linear.bias"].ToFloat32(), Values(imported.Generator!, "linear.bias"));
    }

    // --mybn, --cross_replica and --num_G_SVs 2.
    [Fact]
    public void The_forms_of_one_project_are_one_network()
    {
        Dictionary<string, HostArray> plain = Arrays();
        HostArray scalar = HostArray.Of<float>([2f], 1);

        Dictionary<string, HostArray> own = Renamed(plain, ".stored_", ".bn.stored_");
        own.Add("output_layer.0.bn.accumulation_counter", scalar);
        own.Add("linear.u1", scalar);
        own.Add("linear.sv1", scalar);
        Dictionary<string, HostArray> synchronised = Renamed(Renamed(plain, ".stored_mean", ".bn.running_mean"), ".stored_var", ".bn.running_var");
        using ImportedNetworks first = ForeignFile.Import(("g.pth", plain)), second = ForeignFile.Import(("g.pth", own)), third = ForeignFile.Import(("g.pth", synchronised));

        Assert.Equal(Values(first.Generator!), Values(second.Generator!));
        Assert.Equal(Values(first.Generator!), Values(third.Generator!));
    }

    [Fact]
    public void Keys_that_do_not_fit_are_named()
    {
        Dictionary<string, HostArray> arrays = Arrays();
        arrays.Remove("blocks.1.0.conv2.bias");
        arrays["blocks.2.0.conv1.bias"] = HostArray.Of<float>(new float[3], 3);
        arrays.Add("blocks.1.0.conv9.bias", HostArray.Of<float>([1f], 1));

        string message = Assert.Throws<ArrayFileException>(() => ForeignFile.Import(("g.pth", arrays))).Message;

        Assert.StartsWith("g.pth: keys: ", message, StringComparison.Ordinal);
        Assert.Contains("blocks.1.0.conv2.bias is missing", message, StringComparison.Ordinal);
        Assert.Contains("blocks.2.0.conv1.bias is [3] and should be [8]", message, StringComparison.Ordinal);
        Assert.Contains("blocks.1.0.conv9.bias is not part of this network", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_is_computed_from_may_be_missing()
    {
        Dictionary<string, HostArray> arrays = Arrays();

        arrays.Remove("linear.sv0");

        ForeignFile.Import(("g.pth", arrays)).Dispose();
    }

    // Their file has no v. Ours would otherwise be zero until the first step, and all singular values in the log with it.
    [Fact]
    public void The_right_singular_vectors_follow_from_the_left_ones()
    {
        using Generator generator = ForeignFile.Draw(s_model, s_images);
        using ImportedNetworks imported = ForeignFile.Import(("g.pth", ForeignFile.Of(new BigGanPyTorchPeer(), generator, s_model)));

        float[] weight = Values(generator, "linear.weight"), u = Values(generator, "linear.u"), v = Values(imported.Generator!, "linear.v");
        double[] made = [.. v.Select((_, column) => u.Select((value, row) => (double)value * weight[(row * v.Length) + column]).Sum())];
        double length = Math.Sqrt(made.Sum(value => value * value));
        Assert.All(v.Zip(made), pair => Assert.Equal(pair.Second / length, pair.First, 1e-5));
    }

    [Fact]
    public void The_average_is_the_file_that_says_so()
    {
        Dictionary<string, HostArray> generator = Arrays(), average = Arrays();
        average["linear.bias"] = HostArray.Of<float>([.. average["linear.bias"].ToFloat32().Select(value => value + 1)], average["linear.bias"].Shape);

        using ImportedNetworks imported = ForeignFile.Import(("G_ema.pth", average), ("G.pth", generator));
        string message = Assert.Throws<ArrayFileException>(() => ForeignFile.Import(("one.pth", average), ("two.pth", generator))).Message;

        Assert.Equal(generator["linear.bias"].ToFloat32(), Values(imported.Generator!, "linear.bias"));
        Assert.Equal(average["linear.bias"].ToFloat32(), Values(imported.Average!, "linear.bias"));
        Assert.Contains("'ema'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_nobody_known_is_told_by_its_names()
    {
        var arrays = new Dictionary<string, HostArray> { ["conv1.weight"] = HostArray.Of<float>([1f], 1) };

        string message = Assert.Throws<ArrayFileException>(() => ForeignFile.Import(("x.pth", arrays))).Message;

        Assert.Contains("conv1.weight, … are names of no project that is known here (biggan-pytorch, mimicry, studiogan, huggingface, chainer, heykeetae)", message, StringComparison.Ordinal);
    }

    /// <summary>Networks that no fixture has: other resolutions, no spectral norm, attention elsewhere.</summary>
    public static TheoryData<Peer, ModelConfig, int> Others { get; } = new()
    {
        { new BigGanPyTorchPeer(), s_model with { LatentSize = 14, DiscriminatorWidth = 8, GeneratorAttention = [64, 16], DiscriminatorAttention = [128] }, 256 },
        { new BigGanPyTorchPeer(), s_model with { Details = s_model.Details with { SpectralNorm = null, DiscriminatorSpectralNorm = s_model.Details.SpectralNorm } }, 32 },
        { new BigGanPyTorchPeer(), new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 8, SharedSize = 3, GeneratorAttention = [64], Details = s_model.Details }, 128 },
        { new BigGanPyTorchPeer(), new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 8, SharedSize = 3, GeneratorAttention = [], Details = s_model.Details with { AttentionBehindBlocks = [4] } }, 32 },
        { new MimicryPeer(), Mimicry(new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, HeadBias = true, Conditional = false }), 48 },
        { new MimicryPeer(), Mimicry(new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, HeadBias = true, Conditional = false }), 128 },
        { new StudioGanPeer(), StudioGan(new SelfAttentionGanConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, GeneratorAttention = [], DiscriminatorAttention = [] }), 64 },
        { new StudioGanPeer(), StudioGan(new SelfAttentionGanConfig { GeneratorWidth = 2, DiscriminatorWidth = 8, GeneratorAttention = [32], DiscriminatorAttention = [] }, behindBlocks: [6]), 128 },
        { new StudioGanPeer(), StudioGanByBatch(new SelfAttentionGanConfig { GeneratorWidth = 2, DiscriminatorWidth = 8, GeneratorAttention = [], DiscriminatorAttention = [32] }), 128 },
        { new StudioGanPeer(), StudioGanByBatch(new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = 3, Widths = WidthTable.StudioGan, GeneratorAttention = [], DiscriminatorAttention = [] }), 32 },
        { new StudioGanPeer(), StudioGan(new SelfAttentionGanConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, GeneratorAttention = [], DiscriminatorAttention = [], Conditional = false }), 32 },
        { new StudioGanPeer(), StudioGan(new BigGanConfig { LatentSize = 10, GeneratorWidth = 4, SharedSize = 3, Widths = WidthTable.StudioGan, GeneratorAttention = [], DiscriminatorAttention = [] }), 64 },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_network_under_their_names_is_the_same_network_again(Peer peer, ModelConfig model, int resolution)
    {
        var images = new ImageSpec(3, resolution, model.Conditional ? 4 : 1);
        using var random = new RandomSource(1);
        using GanModel gan = model.Build(images, random);

        using ImportedNetworks imported = ForeignFile.Import(
            ("D.pth", ForeignFile.Of(peer, gan.Discriminator, model)), ("G.pth", ForeignFile.Of(peer, gan.Generator, model)));

        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using ModeScope first = gan.Generator.Eval(), second = imported.Generator!.Eval(), third = gan.Discriminator.Eval(), fourth = imported.Discriminator!.Eval();
        Assert.Equal(peer.Name, imported.Peer.Name);
        Assert.Equal(images, imported.Model.Images);
        Tensor z = Tensor.Normal([2, model.LatentSize], random);
        Tensor? labels = model.Conditional ? Tensor.From([3L, 1L], 2) : null;
        Tensor pictures = gan.Generator.Forward(z, labels);
        Assert.Equal(0, (pictures - imported.Generator.Forward(z, labels)).Abs().Max().Item(), 1e-6);
        Tensor logits = gan.Discriminator.Forward(pictures, labels);
        Assert.Equal(0, (logits - imported.Discriminator.Forward(pictures, labels)).Abs().Max().Item(), 1e-5 * logits.Abs().Max().Item());
    }

    private static SnganConfig Mimicry(SnganConfig config) => config with
    {
        LatentSize = 8,
        Details = new ResNetDetails { Upsampling = Upsampling.Bilinear, ShortcutInput = ShortcutInput.Rectified },
    };

    private static ModelConfig StudioGan(ModelConfig config, int[]? behindBlocks = null)
    {
        var details = new ResNetDetails
        {
            ShortcutInput = ShortcutInput.Rectified,
            ClassCondition = ClassCondition.OneHot,
            BatchNormEpsilon = 1e-4,
            SpectralNorm = new SpectralNorm { Epsilon = 1e-6 },
            AttentionBehindBlocks = behindBlocks,
        };
        return config is BigGanConfig big ? big with { Details = details } : (SelfAttentionGanConfig)config with { LatentSize = 8, Details = details };
    }

    // Without spectral norm: batch norms in the discriminator.
    private static ModelConfig StudioGanByBatch(ModelConfig config)
    {
        var details = new ResNetDetails { ClassCondition = ClassCondition.OneHot, BatchNormEpsilon = 1e-4, SpectralNorm = null, DiscriminatorBatchNorm = true };
        return config is BigGanConfig big ? big with { Details = details } : (SelfAttentionGanConfig)config with { LatentSize = 8, Details = details };
    }

    private static Dictionary<string, HostArray> Arrays()
    {
        using Generator generator = ForeignFile.Draw(s_model, s_images);
        return ForeignFile.Of(new BigGanPyTorchPeer(), generator, s_model);
    }

    private static Dictionary<string, HostArray> Renamed(Dictionary<string, HostArray> arrays, string from, string to) =>
        arrays.ToDictionary(entry => entry.Key.Replace(from, to, StringComparison.Ordinal), entry => entry.Value);

    private static float[] Values(Module network) => [.. network.State().SelectMany(own => Values(network, own.Name))];

    private static float[] Values(Module network, string name)
    {
        using Scope scope = Scope.Open();
        return network.State().Single(own => own.Name == name).Value.Value.Detach().ToArray<float>();
    }
}
