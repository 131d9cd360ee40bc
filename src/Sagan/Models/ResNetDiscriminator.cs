using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The residual projection discriminator of SNGAN and of SAGAN.</summary>
/// <remarks>Residual blocks, ReLU, sum over positions, linear head plus projection (sngan_projection, dis_models).</remarks>
public sealed class ResNetDiscriminator : Discriminator
{
    private readonly List<(Layer Block, SelfAttention? Attention)> _stages = [];
    private readonly ProjectionHead _head;

    internal ResNetDiscriminator(ResNetPlan plan)
        : base(plan.Images, plan.IsConditional)
    {
        plan.RequirePlaceForAttention("model.discriminatorAttention", [.. Maps(plan)]);

        int channels = plan.Images.Channels;
        int resolution = plan.Images.Resolution;
        foreach (Stage stage in plan.Stages)
        {
            int former = resolution;
            Layer block = Child($"block{_stages.Count + 1}", Block(plan, channels, stage, isFirst: _stages.Count == 0));
            channels = stage.Channels;
            resolution = stage.Resizes ? resolution / 2 : resolution;
            SelfAttention? attention = plan.AttentionAfter(resolution, former, channels);
            if (attention is not null)
                Child($"attention{resolution}", attention);
            _stages.Add((block, attention));
        }

        _head = Child("head", new ProjectionHead(channels, plan.Classes, plan.Initializers.Shortcut, plan.Spectral, plan.HeadBias));
    }

    /// <param name="x">Pictures, [N, C, R, R] in [-1, 1].</param>
    /// <param name="condition">Labels, [N] of Int64; null in an unconditional network.</param>
    /// <returns>Logits, [N].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        RequireChannels(x, 4, Images.Channels);
        Tensor h = x.Contiguous(MemoryFormat.ChannelsLast);
        foreach ((Layer block, SelfAttention? attention) in _stages)
        {
            h = block.Forward(h);
            h = attention?.Forward(h) ?? h;
        }

        return _head.Forward(h, condition);
    }

    private static IEnumerable<(int Resolution, int Channels)> Maps(ResNetPlan plan)
    {
        int resolution = plan.Images.Resolution;
        foreach (Stage stage in plan.Stages)
        {
            resolution = stage.Resizes ? resolution / 2 : resolution;
            yield return (resolution, stage.Channels);
        }
    }

    private static Layer Block(ResNetPlan plan, int inputs, Stage stage, bool isFirst) => isFirst
        ? new InputBlock(inputs, stage.Channels, plan.Initializers, plan.Spectral)
        : new DownBlock(
            inputs, stage.Channels, plan.WideBlocks ? stage.Channels : inputs, stage.Resizes,
            plan.Initializers, plan.Spectral, plan.Details.ShortcutInput);
}
