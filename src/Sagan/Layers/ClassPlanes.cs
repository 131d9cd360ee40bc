using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Lays the class beside a map, as planes that are constant over positions: how a discriminator is told by concatenation.</summary>
public sealed class ClassPlanes : ConditionalLayer
{
    private readonly int _classes;
    private readonly Embedding? _embedding;

    private ClassPlanes(int classes, int planes, Embedding? embedding)
    {
        _classes = classes;
        Planes = planes;
        _embedding = embedding is null ? null : Child("embedding", embedding);
    }

    /// <summary>Channels that it adds.</summary>
    public int Planes { get; }

    /// <summary>One plane a class, 1 for the picture's own and 0 elsewhere (Mirza and Osindero 2014, arXiv:1411.1784).</summary>
    /// <param name="classes">Number of classes.</param>
    public static ClassPlanes OneHot(int classes) => new(classes, classes, null);

    /// <summary>A learned vector a class (sngan_projection, dis_models: 128 values with spectral norm, at the 16x16 map).</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="size">Size of the vector.</param>
    /// <param name="initializer">Of the table.</param>
    /// <param name="norm">Spectral norm of the whole table; null for none.</param>
    public static ClassPlanes Embedded(int classes, int size, Initializer initializer, SpectralNorm? norm) =>
        new(classes, size, new Embedding(classes, size, initializer, norm));

    /// <param name="x">[N, C, H, W].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes].</param>
    /// <returns>[N, C + planes, H, W].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor classes = Require(condition, x.Size(0));
        Tensor vectors = _embedding?.Forward(classes) ?? Shares(classes).To(x.DType);             // [N, planes]
        return Tensor.Concat(1, x, vectors.Reshape(x.Size(0), -1, 1, 1).Expand(-1, -1, x.Size(2), x.Size(3)));
    }

    private Tensor Shares(Tensor classes) => classes.DType == DType.Int64 ? classes.OneHot(_classes) : classes;
}
