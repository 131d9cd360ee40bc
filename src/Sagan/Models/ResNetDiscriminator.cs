using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The residual discriminator of SNGAN, SAGAN and BigGAN.</summary>
/// <remarks>Residual blocks, ReLU, sum over positions, head (sngan_projection, dis_models).</remarks>
public sealed class ResNetDiscriminator : Discriminator
{
    private readonly FeaturePooling _pooling;
    private readonly List<(ClassPlanes? Planes, Layer Block, Layer? Attention)> _stages = [];

    internal ResNetDiscriminator(ResNetPlan plan)
        : base(plan.Images, plan.IsConditional)
    {
        _pooling = plan.Details.FeaturePooling;
        plan.RequirePlaceForAttention("model.discriminatorAttention", [.. Maps(plan)]);

        int channels = plan.Images.Channels;
        int resolution = plan.Images.Resolution;
        int former = 0;
        foreach (Stage stage in plan.Stages)
        {
            ClassPlanes? planes = plan.PlanesBefore(resolution, former);
            if (planes is not null)
                channels += Child("planes", planes).Planes;
            former = resolution;
            Layer block = Child($"block{_stages.Count + 1}", Block(plan, channels, stage, isFirst: _stages.Count == 0));
            channels = stage.Channels;
            resolution = stage.Resizes ? resolution / 2 : resolution;
            Layer? attention = plan.AttentionAfter(resolution, former, channels);
            if (attention is not null)
                Child($"{plan.AttentionName}{resolution}", attention);
            _stages.Add((planes, block, attention));
        }

        Head = Child("head", new DiscriminatorHead(
            plan.Head, channels, plan.Classes, plan.Initializers.Shortcut, plan.Spectral, plan.HeadBias));
    }

    /// <inheritdoc/>
    private protected override DiscriminatorHead Head { get; }

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, Tensor? condition)
    {
        Tensor h = x;
        foreach ((ClassPlanes? planes, Layer block, Layer? attention) in _stages)
        {
            h = planes?.Forward(h, condition) ?? h;
            h = block.Forward(h);
            h = attention?.Forward(h) ?? h;
        }

        return _pooling == FeaturePooling.Sum ? h.Relu().Sum(2, 3) : h.Relu().Mean(2, 3);
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
