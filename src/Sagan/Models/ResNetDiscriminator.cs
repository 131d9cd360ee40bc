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
        plan = plan with { Spectral = plan.Details.DiscriminatorSpectralNorm ?? plan.Spectral };
        (int Resolution, int Channels)[] maps = [.. Maps(plan)];
        if (plan.Details.AttentionBehindBlocks is { } blocks)
            ResNetPlan.RequirePlaceBehindBlocks(blocks, maps);
        else
            plan.RequirePlaceForAttention("model.discriminatorAttention", maps);

        int channels = plan.Images.Channels;
        int resolution = plan.Images.Resolution;
        int former = 0;
        if (plan.StemChannels is { } stem)
        {
            ClassPlanes? planes = AddPlanes(plan, resolution, former, ref channels);
            Layer conv = Child("stem", new Conv2d(channels, stem, 3, plan.Initializers.Shortcut, plan.Spectral));
            _stages.Add((planes, conv, null));
            (channels, former) = (stem, resolution);
        }

        for (int i = 0; i < plan.Stages.Count; i++)
        {
            Stage stage = plan.Stages[i];
            ClassPlanes? planes = AddPlanes(plan, resolution, former, ref channels);
            former = resolution;
            Layer block = Child($"block{i + 1}", Block(plan, channels, stage, isFirst: i == 0));
            channels = stage.Channels;
            resolution = stage.Resizes ? resolution / 2 : resolution;
            Layer? attention = HasAttentionAfter(plan, i, resolution) ? plan.AttentionOf(channels) : null;
            if (attention is not null)
                Child(FreeName($"{plan.AttentionName}{resolution}"), attention);
            _stages.Add((planes, block, attention));
        }

        Head = Child("head", new DiscriminatorHead(
            plan.Head, channels, plan.Classes, plan.Initializers.Shortcut, plan.Details.HeadSpectralNorm ?? plan.Spectral, plan.HeadBias));
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

        h = h.Widened().Relu();
        return _pooling == FeaturePooling.Sum ? h.Sum(2, 3) : h.Mean(2, 3);
    }

    private ClassPlanes? AddPlanes(ResNetPlan plan, int resolution, int formerResolution, ref int channels)
    {
        ClassPlanes? planes = plan.PlanesBefore(resolution, formerResolution);
        if (planes is not null)
            channels += Child("planes", planes).Planes;
        return planes;
    }

    // Each resolution has one place: after its first block, in BigGAN-deep after its last (BigGAN-PyTorch).
    private static bool HasAttentionAfter(ResNetPlan plan, int index, int resolution)
    {
        if (plan.Details.AttentionBehindBlocks is { } blocks)
            return blocks.Contains(index + 1);
        bool isPlace = plan.IsDeep ? index + 1 == plan.Stages.Count || plan.Stages[index + 1].Resizes : plan.Stages[index].Resizes;
        return isPlace && plan.Attention.Contains(resolution);
    }

    // Where a resolution has several: attention8, attention8b, attention8c.
    private string FreeName(string name)
    {
        string free = name;
        for (char letter = 'b'; Children.Any(child => child.Name == free); letter++)
            free = name + letter;
        return free;
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

    private static Layer Block(ResNetPlan plan, int inputs, Stage stage, bool isFirst)
    {
        if (plan.IsDeep)
            return new DeepDownBlock(inputs, stage.Channels, stage.Resizes, plan.Initializers, plan.Spectral);
        if (isFirst)
        {
            bool isThin = plan.Details.InnerWidth == InnerWidth.ThinFromThePicture;
            return new InputBlock(
                inputs, stage.Channels, plan.Initializers, plan.Spectral, plan.DiscriminatorNorm, hidden: isThin ? inputs : stage.Channels);
        }

        bool isWide = plan.WideBlocks && plan.Details.InnerWidth == InnerWidth.Architecture;
        return new DownBlock(
            inputs, stage.Channels, isWide ? stage.Channels : inputs, stage.Resizes,
            plan.Initializers, plan.Spectral, plan.Details.ShortcutInput, plan.DiscriminatorNorm);
    }
}
