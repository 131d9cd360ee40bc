using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>Judges large pictures beside the small ones that they are to be enlargements of.</summary>
/// <remarks>
/// logit = linear map of the pooled features + Σ over positions of ⟨V * small picture, features at that resolution⟩: the
/// projection of arXiv:1802.05637 with a convolution V in the place of the embedding of a class.
/// </remarks>
public sealed class UpscalerDiscriminator : Discriminator
{
    private const int SmallestMap = 4;
    private const int LargestMultiple = 8;

    private readonly int _features;
    private readonly List<Layer> _upper = [], _lower = [];
    private readonly Conv2d _projection;

    internal UpscalerDiscriminator(UpscalerConfig config, ImageSpec images)
        : base(images, isConditional: false)
    {
        SpectralNorm spectral = config.SpectralNorm;
        BlockInitializers initializers = BlockInitializers.Sngan;
        int small = images.Resolution / config.Factor, channels = config.DiscriminatorWidth, width = config.DiscriminatorWidth;
        _upper.Add(Child($"block{images.Resolution}", new InputBlock(images.Channels, channels, initializers, spectral)));
        for (int side = images.Resolution / 2; side > small; side /= 2)
            _upper.Add(Child($"block{side}", Halving(ref channels)));

        _projection = Child("projection", new Conv2d(images.Channels, channels, 3, initializers.Shortcut, spectral, bias: false));
        for (int side = small; side > SmallestMap; side /= 2)
            _lower.Add(Child($"block{side}", Halving(ref channels)));
        _lower.Add(Child($"block{SmallestMap}", new DownBlock(channels, channels, channels, downsamples: false, initializers, spectral)));
        _features = channels;
        Head = Child("head", new DiscriminatorHead(HeadKind.Plain, channels, classes: 0, initializers.Shortcut, spectral));

        DownBlock Halving(ref int inputs)
        {
            int from = inputs;
            inputs = Math.Min(2 * inputs, LargestMultiple * width);
            return new DownBlock(from, inputs, inputs, downsamples: true, initializers, spectral);
        }
    }

    /// <inheritdoc/>
    private protected override DiscriminatorHead Head { get; }

    /// <returns>[N, F + 1]: pooled features, then the agreement with the small picture.</returns>
    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, Tensor? condition)
    {
        Tensor small = Require(condition, x.Size(0));
        RequireChannels(small, 4, Images.Channels);
        Tensor h = Through(_upper, x);                                                           // [N, C, r, r]
        Tensor agreement = (h.Widened().Relu() * _projection.Forward(small).Widened()).Sum(1, 2, 3);                 // [N]
        Tensor pooled = Through(_lower, h).Widened().Relu().Sum(2, 3);                                     // [N, F]
        return Tensor.Concat(1, pooled, agreement.Unsqueeze(1));
    }

    /// <inheritdoc/>
    private protected override Judgement Decide(Tensor features, Tensor? condition)
    {
        Tensor linear = Head.Judge(features.Narrow(1, 0, _features), null).Logits;
        return new Judgement(linear + features.Select(1, _features), Labels: condition);
    }

    private static Tensor Through(List<Layer> blocks, Tensor h)
    {
        foreach (Layer block in blocks)
            h = block.Forward(h);
        return h;
    }
}
