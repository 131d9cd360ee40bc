using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Models;

public class BigGanConfigTests
{
    // The class comes in as its embedding, so that a blend of classes is the blend of their embeddings.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shares_of_classes_draw_what_lies_between_them(bool deep)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        ModelConfig config = deep ? new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 4 } : new BigGanConfig { LatentSize = 8, GeneratorWidth = 4 };
        using Generator generator = config.BuildGenerator(new ImageSpec(3, 32, 3));
        generator.Initialize(random);
        using ModeScope evaluation = generator.Eval();
        Tensor z = Tensor.Normal([1, 8], random);

        Tensor first = generator.Forward(z, Tensor.From([0L], 1));
        Tensor wholly = generator.Forward(z, Tensor.From([1f, 0f, 0f], 1, 3));
        Tensor half = generator.Forward(z, Tensor.From([0.5f, 0f, 0.5f], 1, 3));
        Tensor table = generator.SharedEmbedding!.NamedParameters().Single().Value.Value;
        table.Select(0, 1).CopyFrom((table.Select(0, 0) + table.Select(0, 2)) * 0.5);
        Tensor between = generator.Forward(z, Tensor.From([1L], 1));

        Assert.Equal(0, (first - wholly).Abs().Max().Item(), 1e-6);
        Assert.Equal(0, (half - between).Abs().Max().Item(), 1e-6);
        Assert.True((half - first).Abs().Max().Item() > 1e-4, "Half of another class changes nothing.");
    }

    // 120 latents in 6 chunks of 20: chunk i reaches the first map (i = 0) or the batch norms of block i.
    [Fact]
    public void Each_chunk_of_the_latents_reaches_its_own_block()
    {
        using Generator generator = new BigGanConfig { GeneratorWidth = 2, GeneratorAttention = [] }.BuildGenerator(new ImageSpec(3, 128, 4));
        Dictionary<string, long[]> shapes = generator.NamedParameters().ToDictionary(entry => entry.Name, entry => entry.Value.Value.Shape.ToArray());

        Assert.Equal([512, 20], shapes["linear.weight"]);
        Assert.Equal([4, 128], shapes["shared.weight"]);
        for (int block = 1; block <= 5; block++)
            Assert.Equal(148, shapes[$"block{block}.norm2.bias.weight"][1]);
    }

    [Fact]
    public void Only_its_own_block_sees_a_change_of_a_chunk()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        using Generator generator = new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = 3 }.BuildGenerator(new ImageSpec(3, 32, 3));
        generator.Initialize(random);
        using ModeScope evaluation = generator.Eval();

        // Without what the last block's batch norms make of the latents (columns 3 and 4 behind the class), chunk 4 is not heard.
        foreach ((_, Parameter map) in generator.NamedParameters().Where(entry => entry.Name.StartsWith("block3.norm", StringComparison.Ordinal)))
            map.Value.Narrow(1, 3, 2).Fill(0);
        Tensor z = Tensor.Normal([1, 8], random), other = z.Clone(), label = Tensor.From([1L], 1);
        other.Narrow(1, 6, 2).Fill(3);
        Tensor third = z.Clone();
        third.Narrow(1, 4, 2).Fill(3);

        Assert.Equal(0, (generator.Forward(z, label) - generator.Forward(other, label)).Abs().Max().Item());
        Assert.True((generator.Forward(z, label) - generator.Forward(third, label)).Abs().Max().Item() > 1e-4, "Chunk 3 is not heard either.");
    }

    [Fact]
    public void Latents_of_another_size_are_refused_at_the_door()
    {
        using Scope scope = Scope.Open();
        using Generator chunked = new BigGanConfig { LatentSize = 8, GeneratorWidth = 4 }.BuildGenerator(new ImageSpec(3, 32, 3));
        using Generator deep = new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 4 }.BuildGenerator(new ImageSpec(3, 32, 3));
        Tensor label = Tensor.From([1L], 1);

        Assert.Equal("generator: expected [N, 8], got [1, 12]", Assert.Throws<ShapeException>(() => chunked.Forward(Tensor.Zeros([1, 12]), label)).Message);
        Assert.Equal("generator: expected [N, 8], got [1, 12]", Assert.Throws<ShapeException>(() => deep.Forward(Tensor.Zeros([1, 12]), label)).Message);
    }

    [Theory]
    [InlineData(128, 128, "model.latentSize: 128 does not divide into 6 equal chunks, one for the first map and one for each block; take 126 or 132")]
    [InlineData(3, 32, "model.latentSize: 3 does not divide into 4 equal chunks, one for the first map and one for each block; take 4")]
    public void Latents_that_do_not_divide_are_refused_with_sizes_that_do(int latentSize, int resolution, string message) =>
        Refuses(new BigGanConfig { LatentSize = latentSize }, resolution, message);

    [Fact]
    public void Attention_stands_behind_the_blocks_that_are_named()
    {
        var config = new BigGanConfig { GeneratorWidth = 2, Details = new ResNetDetails { AttentionBehindBlocks = [4, 1, 3] } };

        using Discriminator discriminator = config.BuildDiscriminator(new ImageSpec(3, 32, 3));

        Assert.Equal(
            ["block1", "attention16", "block2", "block3", "attention8", "block4", "attention8b", "head"],
            discriminator.Children.Select(child => child.Name));
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused_with_the_cure()
    {
        Refuses(new BigGanConfig(), 48, "dataset.resolution: there is no network for 48x48; choose one of 32, 64, 128, 256, 512 with --resolution");
        Refuses(new BigGanConfig { SharedSize = null }, 32, "model.hierarchicalLatents: lays chunks of the latents beside a shared embedding; set model.sharedSize, as in 128, or this to false");
        Refuses(new BigGanConfig { SharedSize = 0 }, 32, "model.sharedSize: is 0; it must be at least 1, or null for a table in each batch norm");
        Refuses(new BigGanConfig { GeneratorWidth = 0 }, 32, "model.generatorWidth: is 0; it must be at least 1");
        Refuses(new BigGanDeepConfig { GeneratorWidth = 6 }, 32, "model.generatorWidth: is 6; the blocks are a quarter as wide inside, so it must be a multiple of 4");
        Refuses(new BigGanDeepConfig { DiscriminatorWidth = 6 }, 32, "model.discriminatorWidth: is 6; the blocks are a quarter as wide inside, so it must be a multiple of 4");
        Refuses(new BigGanDeepConfig { DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }, 32, "model.discriminatorCondition: BigGAN-deep's shortcuts cannot take planes of the class back; choose projection or input-concat");
        Refuses(new BigGanConfig { Details = new ResNetDetails { AttentionBehindBlocks = [5] } }, 32, "model.details.attentionBehindBlocks: there is no block 5; this discriminator has blocks 1 to 4");
        Refuses(new BigGanDeepConfig { Details = new ResNetDetails { InnerWidth = InnerWidth.Thin } }, 32, "model.details.innerWidth: BigGAN-deep's blocks are a quarter as wide inside; leave it at architecture");
        Refuses(new BigGanDeepConfig { Details = new ResNetDetails { Upsampling = Upsampling.Bilinear } }, 32, "model.details.upsampling: BigGAN-deep repeats pixels; leave it at nearest");
        Refuses(new BigGanDeepConfig { Details = new ResNetDetails { ShortcutInput = ShortcutInput.Rectified } }, 32, "model.details.shortcutInput: BigGAN-deep's shortcuts read the raw input; leave it at raw");
        Refuses(new BigGanDeepConfig { Details = new ResNetDetails { DiscriminatorBatchNorm = true } }, 32, "model.details.discriminatorBatchNorm: BigGAN-deep's discriminator has spectral norm alone; leave it at false");
        Refuses(new BigGanDeepConfig { GeneratorAttention = [64] }, 32, "model.generatorAttention: there is no 64x64 map here; this network has 8, 16, 32");
    }

    [Fact]
    public void A_configuration_survives_its_file()
    {
        TrainingConfig config = new()
        {
            Recipe = "mine",
            Model = new BigGanConfig { SharedSize = null, HierarchicalLatents = false, Widths = WidthTable.StudioGan, Initialization = Initialization.Normal },
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 1,
        };

        string json = ConfigJson.Write(config);
        TrainingConfig read = ConfigJson.Read(json);

        Assert.Contains("\"biggan\"", json);
        Assert.Contains("\"studio-gan\"", json);
        Assert.Equal(json, ConfigJson.Write(read));
        Assert.Null(Assert.IsType<BigGanConfig>(read.Model).SharedSize);
    }

    private static void Refuses(ModelConfig config, int resolution, string message)
    {
        using var random = new RandomSource(1);

        var error = Assert.Throws<ConfigException>(() => config.Build(new ImageSpec(3, resolution, 3), random));

        Assert.Equal(message, error.Message);
    }
}
