using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>The projection discriminator's last layer (Miyato and Koyama 2018, arXiv:1802.05637).</summary>
/// <remarks>logit = w·h + b + ⟨embedding of the class, h⟩, where h is the sum over positions of the rectified map.</remarks>
public sealed class ProjectionHead : ConditionalLayer
{
    private readonly Linear _linear;
    private readonly Embedding? _embedding;

    /// <param name="channels">C.</param>
    /// <param name="classes">Classes; 0 makes the head unconditional.</param>
    /// <param name="initializer">Of both weights.</param>
    /// <param name="spectral">Spectral norm of both weights, the embedding as a whole table; null for none.</param>
    /// <param name="bias">Whether the linear map has a bias.</param>
    public ProjectionHead(int channels, int classes, Initializer initializer, SpectralNorm? spectral, bool bias = true)
    {
        _linear = Child("linear", new Linear(channels, 1, initializer, spectral, bias));
        if (classes > 0)
            _embedding = Child("embedding", new Embedding(classes, channels, initializer, spectral));
    }

    /// <param name="x">[N, C, H, W], before its activation.</param>
    /// <param name="condition">Labels, [N] of Int64; null where there are no classes.</param>
    /// <returns>Logits, [N].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor h = x.Relu().Sum(2, 3);                                          // [N, C]
        Tensor logits = _linear.Forward(h).Squeeze(1);                          // [N]
        return _embedding is null ? logits : logits + (_embedding.Forward(Require(condition, x.Size(0))) * h).Sum(1);
    }
}
