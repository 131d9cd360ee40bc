namespace Sagan.Training;

/// <summary>
/// The generator learns from its better pictures only (Sinha et al. 2020, arXiv:2002.06224): how many of a batch stay in its
/// adversarial loss, those with the highest logits. Terms of the loss see the whole batch, as in StudioGAN.
/// </summary>
/// <remarks>Of a batch that goes through in parts, the best of each part stay.</remarks>
public sealed record TopK
{
    /// <summary>Factor on the share that stays, once every <see cref="DecayImages"/>. Default: 0.99.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>Images between two decays: an epoch. Default: 50,000, CIFAR's.</summary>
    public long DecayImages { get; init; } = 50_000;

    /// <summary>Least share that stays. Default: 0.5.</summary>
    public double Floor { get; init; } = 0.5;

    /// <summary>How many of a batch stay at a time; at least one.</summary>
    public int CountAt(long images, int batch)
    {
        double share = Math.Max(Math.Pow(Decay, images / DecayImages), Floor);
        return Math.Max(1, (int)(share * batch));
    }
}
