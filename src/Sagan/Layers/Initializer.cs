using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>How a new parameter gets its values.</summary>
public abstract record Initializer
{
    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new ConstantInitializer(0);

    /// <summary>All ones.</summary>
    public static Initializer Ones { get; } = new ConstantInitializer(1);

    /// <summary>Fills a host tensor of single precision.</summary>
    public abstract void Fill(Tensor tensor, RandomSource random);

    /// <summary>Inputs and outputs that one weight of [outputs, inputs, k, k] or [outputs, inputs] connects.</summary>
    private protected static (long In, long Out) Fans(Tensor tensor)
    {
        long area = 1;
        for (int axis = 2; axis < tensor.Rank; axis++)
            area *= tensor.Size(axis);
        return (tensor.Size(1) * area, tensor.Size(0) * area);
    }
}

/// <summary>Every element the same.</summary>
/// <param name="Value">The element.</param>
public sealed record ConstantInitializer(double Value) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, RandomSource random) => tensor.Fill(Value);
}

/// <summary>Independent normal numbers.</summary>
/// <param name="Deviation">Standard deviation; 0.02 is N02 in BigGAN's authors' code.</param>
/// <param name="Mean">Mean.</param>
public sealed record NormalInitializer(double Deviation, double Mean = 0) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, RandomSource random) => tensor.FillNormal(random, Mean, Deviation);
}

/// <summary>Even in ±gain·sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010).</summary>
/// <param name="Gain">sqrt(2) for the 3x3 convolutions of SNGAN's residual blocks, else 1 (sngan_projection).</param>
public sealed record XavierInitializer(double Gain = 1) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, RandomSource random)
    {
        (long fanIn, long fanOut) = Fans(tensor);
        double bound = Gain * Math.Sqrt(6.0 / (fanIn + fanOut));
        tensor.FillUniform(random, -bound, bound);
    }
}

/// <summary>Orthonormal rows or columns of the flattened weight, whichever are fewer (Saxe et al. 2014).</summary>
/// <param name="Gain">Factor.</param>
public sealed record OrthogonalInitializer(double Gain = 1) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, RandomSource random)
    {
        using Scope scope = Scope.Open();
        long rows = tensor.Size(0);
        long columns = tensor.Count / rows;
        Tensor tall = Tensor.Normal([Math.Max(rows, columns), Math.Min(rows, columns)], random);

        // The signs of R's diagonal make the distribution uniform over orthogonal matrices (Mezzadri 2007).
        (Tensor q, Tensor r) = Projection.Qr(tall);
        Tensor orthogonal = q * r.Diagonal().Sign();
        tensor.CopyFrom((rows < columns ? orthogonal.Transpose(0, 1) : orthogonal).Reshape(tensor.Shape) * Gain);
    }
}
