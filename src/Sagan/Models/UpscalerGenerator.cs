using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Models;

/// <summary>Enlarges pictures: (z [N, latent size], small pictures [N, C, h, w]) → [N, C, factor · h, factor · w], of any size.</summary>
/// <remarks>
/// A convolution of the small picture plus a linear map of z, the same everywhere; residual blocks; doubling blocks; and a
/// head whose values are added to the linear enlargement. Convolutions throughout: a network trained on 32x32 enlarges any picture.
/// </remarks>
public sealed class UpscalerGenerator : Generator
{
    // What the head adds at first is a tenth of what a usual head draws: training starts near the linear enlargement.
    private const double FirstDetail = 0.1;

    private readonly Conv2d _input;
    private readonly Linear _linear;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly List<UpBlock> _doublings = [];
    private readonly PictureHead _head;

    internal UpscalerGenerator(UpscalerConfig config, ImageSpec images)
        : base(config.LatentSize, images, isConditional: false)
    {
        Factor = config.Factor;
        BlockInitializers initializers = BlockInitializers.Sngan;
        int channels = config.GeneratorWidth;
        _input = Child("input", new Conv2d(images.Channels, channels, 3, initializers.Shortcut));
        _linear = Child("linear", new Linear(LatentSize, channels, initializers.Shortcut, bias: false));
        for (int i = 1; i <= config.GeneratorBlocks; i++)
            _blocks.Add(Child($"block{i}", new ResidualBlock(channels, channels, halves: false, initializers)));
        for (int side = 2; side <= Factor; side *= 2)
        {
            _doublings.Add(Child($"up{side}", new UpBlock(channels, channels / 2, inputs => new BatchNorm(inputs), initializers)));
            channels /= 2;
        }

        _head = Child("head", new PictureHead(channels, images.Channels, new XavierInitializer(FirstDetail)));
    }

    /// <summary>How many times larger pictures become on each side.</summary>
    public int Factor { get; }

    /// <inheritdoc/>
    public override bool ConditionsOnPictures => true;

    /// <summary>How far a pixel of the small picture reaches, in its pixels: no farther one changes a place of the result.</summary>
    public int Reach
    {
        get
        {
            // In the pixels of the small picture: two 3x3 convolutions a block, half as far after each doubling; then the
            // head and the linear enlargement. One more for the rounding of places when maps are doubled.
            double reach = 1 + (2 * _blocks.Count);
            for (int side = 2; side <= Factor; side *= 2)
                reach += 2.0 / side;
            return (int)Math.Ceiling(reach + (1.0 / Factor)) + 2;
        }
    }

    /// <inheritdoc/>
    public override Tensor ConditionOf(Batch real) => SmallPictures.Of(real.Images, Factor);

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Small pictures, [N, C, h, w] in [-1, 1].</param>
    /// <returns>[N, C, factor · h, factor · w]; where the head adds to an extreme, a little beyond [-1, 1].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor small = Require(condition, x.Size(0));
        RequireChannels(small, 4, Images.Channels);
        Tensor h = _input.Forward(small.Contiguous(MemoryFormat.ChannelsLast)) + _linear.Forward(x).Reshape(x.Size(0), -1, 1, 1);
        foreach (ResidualBlock block in _blocks)
            h = block.Forward(h);

        Tensor enlarged = small;
        foreach (UpBlock doubling in _doublings)
        {
            h = doubling.Forward(h, null);
            enlarged = Pooling.UpsampleBilinear2x(enlarged);
        }

        return enlarged + _head.Forward(h);
    }
}
