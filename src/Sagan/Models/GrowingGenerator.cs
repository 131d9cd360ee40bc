using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Models;

/// <summary>The generator of one stage: a SAGAN trunk up to the stage's resolution, with a head that makes pictures there.</summary>
/// <remarks>
/// From the second stage on the head of the stage before stays, on the map before the last block; its picture, every pixel four times,
/// fades into the new one.
/// </remarks>
public sealed class GrowingGenerator : Generator
{
    private readonly GrowingPlan _plan;
    private readonly Linear _linear;
    private readonly List<(UpBlock Block, SelfAttention? Attention)> _blocks = [];
    private readonly PictureHead _head;
    private readonly PictureHead? _formerHead;
    private readonly Fade? _fade;

    internal GrowingGenerator(GrowingPlan plan)
        : base(plan.Config.LatentSize, plan.Images, plan.Config.Conditional)
    {
        _plan = plan;
        SpectralNorm spectral = plan.Config.SpectralNorm;
        const int first = GrowingPlan.FirstResolution;
        _linear = Child("linear", new Linear(LatentSize, plan.GeneratorChannels(first) * first * first, plan.Initializer, spectral));
        for (int side = 2 * first; side <= plan.Resolution; side *= 2)
        {
            int channels = plan.GeneratorChannels(side);
            UpBlock block = Child($"block{side}", new UpBlock(plan.GeneratorChannels(side / 2), channels, Norm, plan.Initializers, spectral));
            SelfAttention? attention = plan.AttentionAt(side, channels);
            if (attention is not null)
                Child($"attention{side}", attention);
            _blocks.Add((block, attention));
        }

        _head = Child($"head{plan.Resolution}", Head(plan.Resolution));
        if (plan.FadesIn)
        {
            _formerHead = Child($"head{plan.Resolution / 2}", Head(plan.Resolution / 2));
            _fade = Child($"fade{plan.Resolution}", new Fade(plan.Config.FadeImages));
        }
    }

    /// <inheritdoc/>
    internal override void Follow(long images) => _fade?.Follow(images);

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes]; null in an unconditional network.</param>
    /// <returns>Pictures, [N, C, R, R].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor? classes = IsConditional ? Require(condition, x.Size(0)) : null;
        const int first = GrowingPlan.FirstResolution;
        Tensor h = _linear.Forward(x).Reshape(-1, _plan.GeneratorChannels(first), first, first).Contiguous(MemoryFormat.ChannelsLast);
        Tensor former = h;
        foreach ((UpBlock block, SelfAttention? attention) in _blocks)
        {
            former = h;
            h = block.Forward(h, classes);
            h = attention?.Forward(h) ?? h;
        }

        Tensor picture = _head.Forward(h);
        return _fade?.Mix(Pooling.UpsampleNearest2x(_formerHead!.Forward(former)), picture) ?? picture;
    }

    private PictureHead Head(int side) => new(_plan.GeneratorChannels(side), Images.Channels, _plan.Initializer, _plan.Config.SpectralNorm);

    private ConditionalLayer Norm(int channels) => IsConditional
        ? new CategoricalBatchNorm(channels, _plan.Classes, deviation: _plan.Config.ClassTableDeviation)
        : new BatchNorm(channels);
}
