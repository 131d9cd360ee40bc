using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>Convolutions one behind the other, then maxima that halve the map: what the network begins with, twice.</summary>
internal sealed class StemStage : Layer
{
    private readonly List<FoldedConvolution> _convolutions = [];

    internal StemStage(params ReadOnlySpan<(string Name, FoldedConvolution Convolution)> convolutions)
    {
        foreach ((string name, FoldedConvolution convolution) in convolutions)
            _convolutions.Add(Child(name, convolution));
    }

    protected override Tensor Run(Tensor x)
    {
        foreach (FoldedConvolution convolution in _convolutions)
            x = convolution.Forward(x);
        return Pooling.MaxPool3x3(x, stride: 2);
    }
}
