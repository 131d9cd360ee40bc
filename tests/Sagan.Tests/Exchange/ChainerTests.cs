using Sagan.Exchange;
using Sagan.Exchange.Chainer;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;

namespace Sagan.Tests.Exchange;

/// <summary>sngan_projection's files. No file of its own is at hand: names and shapes are written down from its code.</summary>
public class ChainerTests
{
    private static readonly ResNetDetails s_details = new() { BatchNormEpsilon = 2e-5, SpectralNorm = new SpectralNorm { RefreshInEvaluation = true } };

    /// <summary>Networks of gen_models and dis_models with their widths made small.</summary>
    public static TheoryData<SnganConfig, int> Networks { get; } = new()
    {
        { new SnganConfig { GeneratorWidth = 6, DiscriminatorWidth = 5, HeadBias = false }, 32 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 3, HeadBias = true }, 64 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 3, HeadBias = true, Conditional = false }, 128 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 3, HeadBias = true, Size = ResNetSize.Small }, 128 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 3, HeadBias = true, DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }, 128 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, HeadBias = true }, 256 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_under_its_names_is_the_same_network_again(SnganConfig config, int resolution)
    {
        using var folder = new TemporaryFolder();
        SnganConfig model = config with { LatentSize = 7, Details = s_details };
        using var random = new RandomSource(1);
        using GanModel gan = model.Build(new ImageSpec(3, resolution, model.Conditional ? 4 : 1), random);
        NpzFile.Write(folder.At("G.npz"), ForeignFile.Of(new ChainerPeer(), gan.Generator, model));
        NpzFile.Write(folder.At("D.npz"), ForeignFile.Of(new ChainerPeer(), gan.Discriminator, model));

        using ImportedNetworks imported = ImportedNetworks.Read(null, [folder.At("D.npz"), folder.At("G.npz")], PeerSettings.None);

        Assert.Equal("chainer", imported.Peer.Name);
        Assert.Equal(model, imported.Model.Model);
        Assert.Equal(gan.Generator.Images, imported.Model.Images);
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using ModeScope first = gan.Generator.Eval(), second = imported.Generator!.Eval(), third = gan.Discriminator.Eval(), fourth = imported.Discriminator!.Eval();
        Tensor z = Tensor.Normal([2, 7], random);
        Tensor? labels = model.Conditional ? Tensor.From([3L, 1L], 2) : null;
        Tensor pictures = gan.Generator.Forward(z, labels);
        Assert.Equal(0, (pictures - imported.Generator.Forward(z, labels)).Abs().Max().Item());
        Assert.Equal(0, (gan.Discriminator.Forward(pictures, labels) - imported.Discriminator.Forward(pictures, labels)).Abs().Max().Item());
    }

    [Fact]
    public void Names_and_shapes_are_those_of_its_code()
    {
        var model = new SnganConfig { LatentSize = 7, GeneratorWidth = 6, DiscriminatorWidth = 5, HeadBias = false, Details = s_details };
        var images = new ImageSpec(3, 32, 4);
        using Generator generator = model.BuildGenerator(images);
        using Discriminator discriminator = model.BuildDiscriminator(images);

        string[] draws = Names(generator, model), judges = Names(discriminator, model);

        string[] Block(int number) =>
        [
            .. new[] { "b1", "b2" }.SelectMany(norm => new[] { $"{norm}/N []", $"{norm}/avg_mean [6]", $"{norm}/avg_var [6]", $"{norm}/betas/W [4,6]", $"{norm}/gammas/W [4,6]" })
                .Concat(["c1/W [6,6,3,3]", "c1/b [6]", "c2/W [6,6,3,3]", "c2/b [6]", "c_sc/W [6,6,1,1]", "c_sc/b [6]"])
                .Select(name => $"block{number}/{name}"),
        ];
        string[] ofGenerator =
        [
            "l1/W [96,7]", "l1/b [96]", .. Block(2), .. Block(3), .. Block(4),
            "b5/N []", "b5/avg_mean [6]", "b5/avg_var [6]", "b5/beta [6]", "b5/gamma [6]", "c5/W [3,6,3,3]", "c5/b [3]",
        ];
        string[] Convolution(string name, int inputs, int side) => [$"{name}/W [5,{inputs},{side},{side}]", $"{name}/b [5]", $"{name}/u [1,5]"];
        string[] ofDiscriminator =
        [
            .. Convolution("block1/c1", 3, 3), .. Convolution("block1/c2", 5, 3), .. Convolution("block1/c_sc", 3, 1),
            .. Convolution("block2/c1", 5, 3), .. Convolution("block2/c2", 5, 3), .. Convolution("block2/c_sc", 5, 1),
            .. Convolution("block3/c1", 5, 3), .. Convolution("block3/c2", 5, 3), .. Convolution("block4/c1", 5, 3), .. Convolution("block4/c2", 5, 3),
            "l5/W [1,5]", "l5/u [1,1]", "l_y/W [4,5]", "l_y/u [1,4]",
        ];
        Assert.Equal(ofGenerator.Order(StringComparer.Ordinal), draws);
        Assert.Equal(ofDiscriminator.Order(StringComparer.Ordinal), judges);
    }

    // A convolution, and called as if it were a linear map.
    [Fact]
    public void From_64_on_the_last_convolution_is_called_otherwise()
    {
        var model = new SnganConfig { LatentSize = 7, GeneratorWidth = 2, Details = s_details };
        using Generator generator = model.BuildGenerator(new ImageSpec(3, 128, 4));

        string[] names = Names(generator, model);

        Assert.Contains("l7/W [3,2,3,3]", names);
        Assert.Contains("b7/gamma [2]", names);
    }

    [Fact]
    public void Networks_of_two_sizes_do_not_become_one()
    {
        using var random = new RandomSource(1);
        var full = new SnganConfig { LatentSize = 7, GeneratorWidth = 1, DiscriminatorWidth = 1, Details = s_details };
        SnganConfig small = full with { Size = ResNetSize.Small };
        var images = new ImageSpec(3, 128, 4);
        using GanModel one = full.Build(images, random), other = small.Build(images, random);

        string message = Assert.Throws<ArrayFileException>(() => ForeignFile.Import(
            ("G.npz", ForeignFile.Of(new ChainerPeer(), one.Generator, full)), ("D.npz", ForeignFile.Of(new ChainerPeer(), other.Discriminator, small)))).Message;

        Assert.Contains("one of this and G.npz is the small network", message, StringComparison.Ordinal);
    }

    private static string[] Names(Module network, ModelConfig model) =>
    [
        .. new ChainerPeer().Keys(network, model).Entries
            .Select(entry => $"{entry.Theirs} [{string.Join(",", entry.Shape)}]")
            .Order(StringComparer.Ordinal),
    ];
}
