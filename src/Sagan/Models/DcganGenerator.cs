using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>The generator of DCGAN: linear to a small map, transposed convolutions with batch norm and ReLU, tanh.</summary>
public sealed class DcganGenerator : Generator
{
    private readonly int _channels, _resolution;
    private readonly Linear _linear;
    private readonly FirstNorm _firstNorm;
    private readonly ConditionalLayer? _linearNorm;
    private readonly List<(ConvTranspose2d Doubling, ConditionalLayer Norm)> _stages = [];
    private readonly Layer _last;

    internal DcganGenerator(DcganConfig config, DcganPlan plan, ImageSpec images)
        : base(config.LatentSize, images, config.Conditional)
    {
        SpectralNorm? spectral = config.SpectralGenerator ? config.SpectralNorm : null;
        Initializer initializer = plan.Initializer;
        _channels = DcganPlan.FirstMultiple * config.GeneratorWidth;
        _resolution = images.Resolution / plan.Reduction;
        int outputs = _channels * _resolution * _resolution;

        _linear = Child("linear", new Linear(config.LatentSize, outputs, initializer, spectral));
        _firstNorm = plan.FirstNorm;
        if (_firstNorm != FirstNorm.None)
            _linearNorm = Child("linearNorm", Norm(_firstNorm == FirstNorm.Channels ? _channels : outputs));

        int channels = _channels;
        while (channels > config.GeneratorWidth)
        {
            int number = _stages.Count + 1;
            var doubling = Child($"deconv{number}", new ConvTranspose2d(channels, channels / 2, plan.Kernel, initializer, spectral));
            channels /= 2;
            _stages.Add((doubling, Child($"norm{number}", Norm(channels))));
        }

        _last = plan.DrawsByDoubling
            ? Child($"deconv{_stages.Count + 1}", new ConvTranspose2d(channels, images.Channels, plan.Kernel, initializer, spectral))
            : Child("conv", new Conv2d(channels, images.Channels, 3, initializer, spectral));
    }

    /// <param name="x">Latents, [N, latent size].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes]; null in an unconditional network.</param>
    /// <returns>Pictures, [N, C, R, R].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor? classes = IsConditional ? Require(condition, x.Size(0)) : null;
        Tensor h = FirstMap(x, classes).Contiguous(MemoryFormat.ChannelsLast);
        foreach ((ConvTranspose2d doubling, ConditionalLayer norm) in _stages)
            h = norm.Forward(doubling.Forward(h), classes).Relu();
        return _last.Forward(h).Tanh();
    }

    // [N, channels, resolution, resolution]
    private Tensor FirstMap(Tensor x, Tensor? classes)
    {
        Tensor h = _linear.Forward(x);
        return _firstNorm switch
        {
            FirstNorm.None => Map(h),
            FirstNorm.Channels => _linearNorm!.Forward(Map(h), classes).Relu(),
            _ => Map(_linearNorm!.Forward(h.Reshape(h.Size(0), -1, 1, 1), classes).Relu()),
        };
    }

    private Tensor Map(Tensor h) => h.Reshape(h.Size(0), _channels, _resolution, _resolution);

    private ConditionalLayer Norm(int channels) =>
        IsConditional ? new CategoricalBatchNorm(channels, Images.Classes) : new BatchNorm(channels);
}
