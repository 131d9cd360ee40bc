using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Models;

/// <summary>The discriminator of one stage: an input block at the stage's resolution, then SAGAN's trunk down to 4x4.</summary>
/// <remarks>
/// From the second stage on the input block of the stage before stays: it reads the halved picture, and what it makes
/// fades into what the new input block and the block behind it make.
/// </remarks>
public sealed class GrowingDiscriminator : Discriminator
{
    private readonly InputBlock _input;
    private readonly InputBlock? _formerInput;
    private readonly Fade? _fade;
    private readonly List<(SelfAttention? Attention, DownBlock Block)> _blocks = [];

    internal GrowingDiscriminator(GrowingPlan plan)
        : base(plan.Images, plan.Config.Conditional)
    {
        SpectralNorm spectral = plan.Config.SpectralNorm;
        _input = Child($"input{plan.Resolution}", Input(plan, plan.Resolution));
        if (plan.FadesIn)
        {
            _formerInput = Child($"input{plan.Resolution / 2}", Input(plan, plan.Resolution / 2));
            _fade = Child($"fade{plan.Resolution}", new Fade(plan.Config.FadeImages));
        }

        const int last = GrowingPlan.FirstResolution;
        for (int side = plan.Resolution / 2; side >= last; side /= 2)
        {
            int channels = plan.DiscriminatorChannels(side), outputs = plan.DiscriminatorChannels(Math.Max(last, side / 2));
            SelfAttention? attention = plan.AttentionAt(side, channels);
            if (attention is not null)
                Child($"attention{side}", attention);
            DownBlock block = Child($"block{side}", new DownBlock(channels, outputs, outputs, side > last, plan.Initializers, spectral));
            _blocks.Add((attention, block));
        }

        Head = Child("head", new DiscriminatorHead(plan.Config.Head, plan.DiscriminatorChannels(last), plan.Classes, plan.Initializer, spectral));
    }

    /// <inheritdoc/>
    private protected override DiscriminatorHead Head { get; }

    /// <inheritdoc/>
    internal override void Follow(long images) => _fade?.Follow(images);

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, Tensor? condition)
    {
        Tensor h = _input.Forward(x);
        foreach ((int place, (SelfAttention? attention, DownBlock block)) in _blocks.Index())
        {
            h = attention?.Forward(h) ?? h;
            h = block.Forward(h);
            if (place == 0 && _fade is not null)
                h = _fade.Mix(_formerInput!.Forward(Pooling.AveragePool2x2(x)), h);
        }

        return h.Widened().Relu().Sum(2, 3);
    }

    private static InputBlock Input(GrowingPlan plan, int side) =>
        new(plan.Images.Channels, plan.DiscriminatorChannels(side / 2), plan.Initializers, plan.Config.SpectralNorm);
}
