using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The residual generator of SNGAN with projection and of SAGAN.</summary>
/// <remarks>Linear to a 4x4 map, upsampling blocks, batch norm, ReLU, 3x3 convolution, tanh (sngan_projection, gen_models).</remarks>
public sealed class ResNetGenerator : Generator
{
    private const int FirstResolution = 4;

    private readonly ResNetPlan _plan;
    private readonly Linear _linear;
    private readonly List<(UpBlock Block, Layer? Attention)> _stages = [];
    private readonly BatchNorm _norm;
    private readonly Conv2d _conv;

    internal ResNetGenerator(ResNetPlan plan)
        : base(plan.LatentSize, plan.Images, plan.IsConditional)
    {
        _plan = plan;
        plan.RequirePlaceForAttention(
            "model.generatorAttention", [.. plan.Stages.Select((stage, i) => (FirstResolution << (i + 1), stage.Channels))]);

        ResNetDetails details = plan.Details;
        Initializer plain = plan.Initializers.Shortcut;
        _linear = Child("linear", new Linear(
            plan.LatentSize, plan.FirstChannels * FirstResolution * FirstResolution, plain, plan.Spectral));

        int channels = plan.FirstChannels;
        int resolution = FirstResolution;
        foreach (Stage stage in plan.Stages)
        {
            var block = Child($"block{_stages.Count + 1}", new UpBlock(
                channels, stage.Channels, Norm, plan.Initializers, plan.Spectral, details.Upsampling));
            (channels, resolution) = (stage.Channels, resolution * 2);
            Layer? attention = plan.AttentionAfter(resolution, resolution / 2, channels);
            if (attention is not null)
                Child($"{plan.AttentionName}{resolution}", attention);
            _stages.Add((block, attention));
        }

        _norm = Child("norm", new BatchNorm(channels, details.BatchNormMomentum, details.BatchNormEpsilon));
        _conv = Child("conv", new Conv2d(channels, plan.Images.Channels, 3, plain, plan.Spectral));
    }

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes]; null in an unconditional network.</param>
    /// <returns>Pictures, [N, C, R, R].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor? classes = Condition(condition, x);
        Tensor h = _linear.Forward(x)
            .Reshape(-1, _plan.FirstChannels, FirstResolution, FirstResolution)
            .Contiguous(MemoryFormat.ChannelsLast);
        foreach ((UpBlock block, Layer? attention) in _stages)
        {
            h = block.Forward(h, classes);
            h = attention?.Forward(h) ?? h;
        }

        return _conv.Forward(_norm.Forward(h).Relu()).Tanh();
    }

    private Tensor? Condition(Tensor? labels, Tensor x)
    {
        if (!_plan.IsConditional)
            return null;
        Tensor required = Require(labels, x.Size(0));
        bool asShares = _plan.Details.ClassCondition == ClassCondition.OneHot && required.DType == DType.Int64;
        return asShares ? required.OneHot(_plan.Classes).To(x.DType) : required;
    }

    private ConditionalLayer Norm(int channels)
    {
        ResNetDetails details = _plan.Details;
        if (!_plan.IsConditional)
            return new BatchNorm(channels, details.BatchNormMomentum, details.BatchNormEpsilon);
        return details.ClassCondition == ClassCondition.Table
            ? new CategoricalBatchNorm(channels, _plan.Classes, details.BatchNormMomentum, details.BatchNormEpsilon, details.ClassTableDeviation)
            : new ProjectedBatchNorm(channels, _plan.Classes, _plan.Initializers.Shortcut, _plan.Spectral, details.BatchNormMomentum, details.BatchNormEpsilon);
    }
}
