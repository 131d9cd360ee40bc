using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The generator of DCGAN: a small map of latents, transposed convolutions with batch norm and ReLU, tanh.</summary>
public sealed class DcganGenerator : Generator
{
    private readonly int _channels, _resolution;
    private readonly bool _beginsAtAPosition;
    private readonly Layer _first;
    private readonly FirstNorm _firstNorm;
    private readonly ConditionalLayer? _normOfFirst;
    private readonly List<(ConvTranspose2d Doubling, ConditionalLayer Norm, SelfAttention? Attention)> _stages = [];
    private readonly Layer _last;

    internal DcganGenerator(DcganConfig config, DcganPlan plan, ImageSpec images)
        : base(config.LatentSize, images, config.Conditional)
    {
        SpectralNorm? spectral = config.SpectralGenerator ?? plan.SpectralGenerator ? config.SpectralNorm : null;
        DeconvolutionRows rows = config.DeconvolutionRows ?? plan.DeconvolutionRows;
        Initializer initializer = plan.Initializer;
        _channels = DcganPlan.FirstMultiple * config.GeneratorWidth;
        _resolution = images.Resolution / plan.Reduction;
        int outputs = _channels * _resolution * _resolution;

        _beginsAtAPosition = plan.BeginsAtAPosition;
        _first = _beginsAtAPosition
            ? Child("stem", new ConvTranspose2d(config.LatentSize, _channels, _resolution, initializer, spectral, rows, doubles: false))
            : Child("linear", new Linear(config.LatentSize, outputs, initializer, spectral));
        _firstNorm = plan.FirstNorm;
        if (_firstNorm != FirstNorm.None)
            _normOfFirst = Child(_beginsAtAPosition ? "stemNorm" : "linearNorm", Norm(_firstNorm == FirstNorm.Channels ? _channels : outputs));

        int channels = _channels;
        int resolution = _resolution;
        while (channels > config.GeneratorWidth)
        {
            int number = _stages.Count + 1;
            var doubling = Child($"deconv{number}", new ConvTranspose2d(channels, channels / 2, plan.Kernel, initializer, spectral, rows));
            channels /= 2;
            resolution *= 2;
            ConditionalLayer norm = Child($"norm{number}", Norm(channels));
            SelfAttention? attention = plan.GeneratorAttention.Contains(number) ? Child($"attention{resolution}", plan.Attention(channels)) : null;
            _stages.Add((doubling, norm, attention));
        }

        SpectralNorm? last = plan.LeavesEndsAlone ? null : spectral;
        _last = plan.DrawsByDoubling
            ? Child($"deconv{_stages.Count + 1}", new ConvTranspose2d(channels, images.Channels, plan.Kernel, initializer, last, rows))
            : Child("conv", new Conv2d(channels, images.Channels, 3, initializer, last));
    }

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes]; null in an unconditional network.</param>
    /// <returns>Pictures, [N, C, R, R].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor? classes = IsConditional ? Require(condition, x.Size(0)) : null;
        Tensor h = FirstMap(x, classes).Contiguous(MemoryFormat.ChannelsLast);
        foreach ((ConvTranspose2d doubling, ConditionalLayer norm, SelfAttention? attention) in _stages)
        {
            h = norm.Forward(doubling.Forward(h), classes).Relu();
            h = attention?.Forward(h) ?? h;
        }

        return _last.Forward(h).Tanh();
    }

    // [N, channels, resolution, resolution]
    private Tensor FirstMap(Tensor x, Tensor? classes)
    {
        RequireChannels(x, 2, LatentSize);
        Tensor h = _first.Forward(_beginsAtAPosition ? Position(x) : x);
        return _firstNorm switch
        {
            FirstNorm.None => Map(h),
            FirstNorm.Channels => _normOfFirst!.Forward(Map(h), classes).Relu(),
            _ => Map(_normOfFirst!.Forward(Position(h), classes).Relu()),
        };
    }

    private static Tensor Position(Tensor h) => h.Reshape(h.Size(0), -1, 1, 1);

    private Tensor Map(Tensor h) => h.Reshape(h.Size(0), _channels, _resolution, _resolution);

    private ConditionalLayer Norm(int channels) =>
        IsConditional ? new CategoricalBatchNorm(channels, Images.Classes) : new BatchNorm(channels);
}
