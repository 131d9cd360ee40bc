using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>How alike two feature vectors are, for <see cref="KernelDistance"/>.</summary>
public abstract record FeatureKernel
{
    private protected FeatureKernel()
    {
    }

    /// <summary>The kernel of every row of one matrix with every row of another: [n, width] and [m, width] → [n, m].</summary>
    internal abstract Tensor Of(Tensor first, Tensor second);
}

/// <summary>(x·y / width + 1)^degree: the kernel of KID (Bińkowski et al. 2018, "Demystifying MMD GANs"), of degree 3 there and everywhere.</summary>
/// <param name="Degree">The power, at least 1.</param>
public sealed record PolynomialKernel(int Degree = 3) : FeatureKernel
{
    internal override Tensor Of(Tensor first, Tensor second)
    {
        Tensor value = (first.MatMul(second.Transpose(0, 1)) / first.Size(1)) + 1;
        Tensor power = value;
        for (int i = 1; i < Degree; i++)
            power *= value;

        return power;
    }
}

/// <summary>exp(-|x - y|² / 2σ²), torch-fidelity's <c>kid_kernel='rbf'</c>.</summary>
/// <param name="Width">σ, in units of the features; 10 in torch-fidelity.</param>
public sealed record GaussianKernel(double Width = 10) : FeatureKernel
{
    internal override Tensor Of(Tensor first, Tensor second)
    {
        Tensor lengths = first.Square().Sum(1).Unsqueeze(1) + second.Square().Sum(1);
        Tensor squared = lengths - (2 * first.MatMul(second.Transpose(0, 1)));
        return (squared.Clamp(0, null) * (-1 / (2 * Width * Width))).Exp();
    }
}
