using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>A branch of an Inception block: convolutions one behind the other, the last step one convolution or two side by side.</summary>
internal sealed class ConvolutionChain : Module
{
    private readonly List<FoldedConvolution> _steps = [];
    private readonly List<FoldedConvolution> _ends = [];

    /// <param name="weights">Where the numbers come from.</param>
    /// <param name="steps">Names of the units before the last step.</param>
    /// <param name="ends">Names of the last step's units.</param>
    /// <param name="halves">Whether the last step halves the map, without padding.</param>
    internal ConvolutionChain(InceptionWeights weights, string[] steps, string[] ends, bool halves = false)
    {
        foreach (string name in steps)
            _steps.Add(Child(name, new FoldedConvolution(weights, name)));
        foreach (string name in ends)
            _ends.Add(Child(name, new FoldedConvolution(weights, name, stride: halves ? 2 : 1, padded: !halves)));
    }

    /// <summary>What the last step makes, before its ReLU: the block applies that to all its branches at once.</summary>
    internal IEnumerable<Tensor> Sums(Tensor x)
    {
        foreach (FoldedConvolution step in _steps)
            x = step.Forward(x);
        return _ends.Select(end => end.Sums(x));
    }
}
