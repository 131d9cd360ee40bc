using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>Convolutions of one kind over the same maps, computed as one, with their batch norms multiplied into kernel and bias.</summary>
/// <remarks>
/// In evaluation batch norm is a factor and a summand for each channel, so gain / sqrt(variance + 0.001) goes into the kernel
/// and bias - mean · that into the bias. Folded in double precision: results differ by rounding only.
/// </remarks>
internal sealed class FoldedConvolution : Layer
{
    private const double Epsilon = 1e-3;

    private readonly int _stride;
    private readonly (int Rows, int Columns) _padding;
    private readonly Parameter _weight, _bias;

    /// <param name="weights">Where the numbers come from.</param>
    /// <param name="names">The units, of equal inputs and kernels; their outputs follow one another.</param>
    /// <param name="stride">2 takes every other place.</param>
    /// <param name="padded">Whether zeros around the map keep its size at stride 1.</param>
    internal FoldedConvolution(InceptionWeights weights, string[] names, int stride = 1, bool padded = true)
    {
        InceptionUnit[] units = [.. names.Select(InceptionPlan.Unit)];
        InceptionUnit first = units[0];
        _stride = stride;
        _padding = padded ? ((first.KernelHeight - 1) / 2, (first.KernelWidth - 1) / 2) : (0, 0);

        int outputs = units.Sum(unit => unit.Outputs);
        _weight = Buffer("weight", [outputs, first.Inputs, first.KernelHeight, first.KernelWidth], Initializer.Zeros);
        _bias = Buffer("bias", [outputs], Initializer.Zeros);
        Fold(weights, units);
    }

    internal FoldedConvolution(InceptionWeights weights, string name, int stride = 1, bool padded = true)
        : this(weights, [name], stride, padded)
    {
    }

    /// <summary>The sums before ReLU.</summary>
    internal Tensor Sums(Tensor x) => Convolution.Conv2d(x, _weight.Value, _bias.Value, _stride, _padding);

    /// <summary>[N, inputs, H, W] → [N, outputs, …], none below 0.</summary>
    protected override Tensor Run(Tensor x)
    {
        Tensor sums = Sums(x);
        sums.ReluInPlace();
        return sums;
    }

    private void Fold(InceptionWeights weights, InceptionUnit[] units)
    {
        int place = 0;
        foreach (InceptionUnit unit in units)
        {
            using Scope scope = Scope.Open();
            Tensor scale = Read(weights, unit.Gain) / (Read(weights, unit.Variance) + Epsilon).Sqrt();
            _weight.Value.Narrow(0, place, unit.Outputs).CopyFrom(Read(weights, unit.Weight) * scale.Reshape(-1, 1, 1, 1));
            _bias.Value.Narrow(0, place, unit.Outputs).CopyFrom(Read(weights, unit.Bias) - Read(weights, unit.Mean) * scale);
            place += unit.Outputs;
        }
    }

    private static Tensor Read(InceptionWeights weights, string key) => weights.Tensor(key).To(DType.Float64);
}
