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

    /// <summary>The average that a source states by generator updates.</summary>
    /// <param name="decay">Weight of the former average at an update, as in 0.9999.</param>
    /// <param name="updateImages">Real pictures that an update takes.</param>
    /// <param name="startUpdate">Update until which the average is a copy.</param>
    internal static EmaConfig ByUpdates(double decay, long updateImages, long startUpdate) => new()
    {
        HalfLifeImages = Math.Round(updateImages * Math.Log(0.5) / Math.Log(decay)),
        StartImages = updateImages * startUpdate,
    };
}
