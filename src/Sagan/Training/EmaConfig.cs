namespace Sagan.Training;

/// <summary>Exponential moving average of the generator's weights (Yazıcı et al. 2019, arXiv:1806.04498).</summary>
public sealed record EmaConfig
{
    /// <summary>
    /// Images after which a weight counts half. BigGAN's decay of 0.9999 a step at batch 2048 and two discriminator steps
    /// is a half-life of 28 million images; small runs want thousands.
    /// </summary>
    public double HalfLifeImages { get; init; } = 100_000;

    /// <summary>Until this many images the average is a plain copy.</summary>
    public long StartImages { get; init; }
}
