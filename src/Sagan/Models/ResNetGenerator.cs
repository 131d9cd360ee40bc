using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The residual generator of SNGAN with projection, of SAGAN and of BigGAN.</summary>
/// <remarks>Linear to a 4x4 map, upsampling blocks, batch norm, ReLU, 3x3 convolution, tanh (sngan_projection, gen_models).</remarks>
public sealed class ResNetGenerator : Generator
{
    private readonly ResNetPlan _plan;
    private readonly int _firstResolution;
    private readonly GeneratorConditions _conditions;
    private readonly Linear _linear;
    private readonly List<(ConditionalLayer Block, Layer? Attention)> _stages = [];
    private readonly BatchNorm _norm;
    private readonly Conv2d _conv;

    internal ResNetGenerator(ResNetPlan plan)
        : base(plan.LatentSize, plan.Images, plan.IsConditional)
    {
        _plan = plan;

        // 4; at 48 it is 6.
        _firstResolution = plan.Images.Resolution >> plan.Stages.Count(stage => stage.Resizes);
        plan.RequirePlaceForAttention(
            "model.generatorAttention", [.. plan.Stages.Where(stage => stage.Resizes).Select((stage, i) => (_firstResolution << (i + 1), stage.Channels))]);

        ResNetDetails details = plan.Details;
        Initializer plain = plan.Initializers.Shortcut;

        // No spectral norm: the authors found that it destabilises the generator here.
        if (plan.IsConditional && plan.SharedSize is { } size)
            SharedEmbedding = Child("shared", new Embedding(plan.Classes, size, plain));
        _conditions = new GeneratorConditions(plan, SharedEmbedding);
        _linear = Child("linear", new Linear(
            _conditions.FirstSize, plan.FirstChannels * _firstResolution * _firstResolution, plain, plan.Spectral));

        int channels = plan.FirstChannels;
        int resolution = _firstResolution;
        foreach (Stage stage in plan.Stages)
        {
            ConditionalLayer block = Child($"block{_stages.Count + 1}", Block(channels, stage));
            channels = stage.Channels;
            resolution = stage.Resizes ? resolution * 2 : resolution;
            Layer? attention = stage.Resizes ? plan.AttentionAt(resolution, channels) : null;
            if (attention is not null)
                Child($"{plan.AttentionName}{resolution}", attention);
            _stages.Add((block, attention));
        }

        _norm = Child("norm", new BatchNorm(channels, details.BatchNormMomentum, details.LastBatchNormEpsilon ?? details.BatchNormEpsilon, plan.TruncationTable));
        _conv = Child("conv", new Conv2d(channels, plan.DrawnChannels ?? plan.Images.Channels, 3, plain, plan.Spectral));
    }

    /// <inheritdoc/>
    internal override Embedding? SharedEmbedding { get; }

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes]; null in an unconditional network.</param>
    /// <returns>Pictures, [N, C, R, R].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        // Where the linear map takes latents whole, it refuses others itself; chunks of a longer vector would pass unnoticed.
        if (_plan.LatentUse != LatentUse.First)
            RequireChannels(x, 2, LatentSize);
        (Tensor first, Tensor?[] conditions) = _conditions.Of(x, _plan.IsConditional ? Require(condition, x.Size(0)) : null);
        Tensor h = _linear.Forward(first)
            .Reshape(-1, _plan.FirstChannels, _firstResolution, _firstResolution)
            .Contiguous(MemoryFormat.ChannelsLast);
        for (int i = 0; i < _stages.Count; i++)
        {
            h = _stages[i].Block.Forward(h, conditions[i]);
            h = _stages[i].Attention?.Forward(h) ?? h;
        }

        Tensor drawn = _conv.Forward(_norm.ForwardRectified(h));
        return (_plan.DrawnChannels is null ? drawn : drawn.Narrow(1, 0, Images.Channels).Contiguous()).Tanh();
    }

    private ConditionalLayer Block(int inputs, Stage stage) => _plan.IsDeep
        ? new DeepUpBlock(inputs, stage.Channels, stage.Resizes, _conditions.Norm, _plan.Initializers, _plan.Spectral)
        : new UpBlock(inputs, stage.Channels, _conditions.Norm, _plan.Initializers, _plan.Spectral, _plan.Details.Upsampling);
}
