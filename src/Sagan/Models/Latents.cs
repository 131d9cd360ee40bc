using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>Latent vectors and labels that are a pure function of (seed, purpose, position): nothing to save, the same on every device.</summary>
/// <remarks>z is standard normal, unless truncated; labels are uniform over the classes.</remarks>
/// <param name="latentSize">Size of a latent vector.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="seed">Another seed, other draws.</param>
/// <param name="purpose">What the draws are for; the draws of two purposes are independent.</param>
public sealed class Latents(int latentSize, int classes, long seed, DrawPurpose purpose)
{
    /// <summary>Keeps z near 0; null: not at all.</summary>
    public Truncation? Truncation { get; init; }

    /// <summary>The draws from a position on, in the innermost scope.</summary>
    /// <returns>z [count, latent size] and labels [count] of Int64.</returns>
    public (Tensor Z, Tensor Labels) At(long position, int count, Device device)
    {
        float[] z = new float[count * latentSize];
        long[] labels = new long[count];
        Fill(position, z, labels);
        return (Tensor.From<float>(z, [count, latentSize], device), Tensor.From<long>(labels, [count], device));
    }

    /// <summary>The draws from a position on, as many as there are labels to fill, into host memory.</summary>
    public void Fill(long position, Span<float> z, Span<long> labels)
    {
        for (int i = 0; i < labels.Length; i++)
            labels[i] = Draw(position + i, z.Slice(i * latentSize, latentSize));
    }

    /// <summary>One draw into host memory.</summary>
    /// <returns>The label.</returns>
    public int Draw(long position, Span<float> z)
    {
        var random = new CounterRandom(seed, ((ulong)purpose << 56) | (ulong)position);
        int label = random.Below(classes);
        random.FillNormal(z);
        Truncation?.Apply(z, key: (long)random.Bits());
        return label;
    }
}
