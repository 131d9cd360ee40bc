using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The discriminator of DCGAN: plain and halving convolutions with (leaky) ReLU, then a head.</summary>
public sealed class DcganDiscriminator : Discriminator
{
    private readonly List<(ClassPlanes? Planes, Conv2d Convolution, BatchNorm? Norm, SelfAttention? Attention)> _stages = [];
    private readonly double _slope;
    private readonly bool _sumsPositions;

    internal DcganDiscriminator(DcganConfig config, DcganPlan plan, ImageSpec images)
        : base(images, config.Conditional)
    {
        _slope = plan.Slope;
        _sumsPositions = plan.SumsPositions;
        DiscriminatorNorm norm = config.DiscriminatorNorm ?? plan.Norm;
        SpectralNorm? spectral = norm == DiscriminatorNorm.Spectral ? config.SpectralNorm : null;
        RequirePlaceForPlanes(config, plan, images);

        int channels = images.Channels;
        int resolution = images.Resolution;
        int former = 0;
        foreach (PlainConvolution step in plan.Convolutions)
        {
            ClassPlanes? planes = config.Conditional
                ? Concatenation.Before(resolution, former, config.DiscriminatorCondition, images.Classes, plan.Initializer, spectral)
                : null;
            if (planes is not null)
                channels += Child("planes", planes).Planes;
            int outputs = step.Multiple * config.DiscriminatorWidth;
            int number = _stages.Count + 1;
            var convolution = Child($"conv{number}", new Conv2d(
                channels, outputs, step.Kernel, plan.Initializer, spectral, stride: step.Halves ? 2 : 1));
            BatchNorm? batchNorm = norm == DiscriminatorNorm.Batch && step.TakesBatchNorm
                ? Child($"norm{number}", new BatchNorm(outputs))
                : null;
            (channels, former) = (outputs, resolution);
            resolution = step.Halves ? resolution / 2 : resolution;
            SelfAttention? attention = plan.DiscriminatorAttention.Contains(number) ? Child($"attention{resolution}", plan.Attention(channels)) : null;
            _stages.Add((planes, convolution, batchNorm, attention));
        }

        int features = _sumsPositions ? channels : channels * resolution * resolution;
        Head = Child("head", new DiscriminatorHead(config.Head, features, images.Classes, plan.Initializer, plan.LeavesEndsAlone ? null : spectral));
    }

    /// <inheritdoc/>
    private protected override DiscriminatorHead Head { get; }

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, Tensor? condition)
    {
        Tensor h = x;
        foreach ((ClassPlanes? planes, Conv2d convolution, BatchNorm? norm, SelfAttention? attention) in _stages)
        {
            h = planes?.Forward(h, condition) ?? h;
            h = convolution.Forward(h);
            h = norm?.Forward(h) ?? h;
            h = _slope == 0 ? h.Relu() : h.LeakyRelu(_slope);
            h = attention?.Forward(h) ?? h;
        }

        return _sumsPositions ? h.Widened().Sum(2, 3) : h.Widened().Flatten();
    }

    // Before any tensor is made: a half-built network would have no owner.
    private static void RequirePlaceForPlanes(DcganConfig config, DcganPlan plan, ImageSpec images)
    {
        if (!config.Conditional || config.DiscriminatorCondition != DiscriminatorCondition.HiddenConcat)
            return;
        int[] hidden = [.. plan.Sides(images.Resolution).Where(side => side < images.Resolution).Distinct()];
        if (!hidden.Contains(Concatenation.HiddenResolution))
            throw new ConfigException(
                "model.discriminatorCondition",
                $"hidden-concat lies beside a {Concatenation.HiddenResolution}x{Concatenation.HiddenResolution} map and this network reads {string.Join(", ", hidden)}; choose another condition or --resolution");
    }
}
