using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>What truncation means: the sources disagree.</summary>
public enum TruncationMode
{
    /// <summary>
    /// Components beyond the threshold are drawn again until they fall inside: a normal distribution cut off at ± threshold
    /// (Brock et al. 2019, arXiv:1809.11096, section 3.1).
    /// </summary>
    Resample,

    /// <summary>A normal distribution cut off at ±2, times the threshold: what the published BigGAN modules take.</summary>
    Scale,
}

/// <summary>Latents kept near the middle of their distribution: the closer, the more typical the pictures and the less they differ.</summary>
/// <remarks>
/// What stays inside the threshold stays as it was, and each component has a sequence of its own to be drawn from again: as
/// the threshold falls, a picture changes one component after the other.
/// </remarks>
public sealed record Truncation
{
    /// <summary>Drawing again takes 1 / threshold attempts: below, it would take seconds.</summary>
    public const double LeastThreshold = 0.01;

    /// <summary>Of <see cref="TruncationMode.Scale"/>: the published modules go up to 1, and latents beyond were never seen in training.</summary>
    public const double MostScale = 1;

    private const double ScaledBound = 2;

    /// <param name="threshold">At least <see cref="LeastThreshold"/>; at most <see cref="MostScale"/> where it scales.</param>
    /// <param name="mode">What it means.</param>
    /// <exception cref="ConfigException">The threshold is out of range.</exception>
    public Truncation(double threshold, TruncationMode mode = TruncationMode.Resample)
    {
        if (!(threshold >= LeastThreshold) || !double.IsFinite(threshold))
            throw new ConfigException("truncation", FormattableString.Invariant($"{threshold} is below {LeastThreshold}, where all pictures of a class are the same; choose more, for instance 0.5"));
        if (mode == TruncationMode.Scale && threshold > MostScale)
            throw new ConfigException("truncation", FormattableString.Invariant($"{threshold} in mode scale is above {MostScale}, which is everything up to two deviations; choose at most {MostScale}, or mode resample"));
        Threshold = threshold;
        Mode = mode;
    }

    /// <summary>In standard deviations, or a factor.</summary>
    public double Threshold { get; }

    /// <summary>What the threshold means.</summary>
    public TruncationMode Mode { get; }

    /// <summary>The mode by the name that flags and PNGs give it.</summary>
    public string ModeName => Mode == TruncationMode.Scale ? "scale" : "resample";

    /// <summary>What a threshold means to a network unless told otherwise: statistics by truncation are those of scaled latents.</summary>
    public static TruncationMode UsualMode(ModelConfig model) =>
        model is BigGanDeepConfig { TruncationTable: not null } ? TruncationMode.Scale : TruncationMode.Resample;

    /// <summary>
    /// Sets the statistics of a generator that has them by truncation (<see cref="TruncationTable"/>). They were measured in
    /// mode scale; for the other it takes those at 1.
    /// </summary>
    public void ChooseStatistics(Generator generator) => TruncationTable.Choose(generator, Mode == TruncationMode.Scale ? Threshold : 1);

    /// <summary>Truncates standard normal numbers.</summary>
    /// <param name="z">A whole latent vector.</param>
    /// <param name="key">Of the sequences to draw from again.</param>
    internal void Apply(Span<float> z, long key)
    {
        double bound = Mode == TruncationMode.Resample ? Threshold : ScaledBound;
        for (int i = 0; i < z.Length; i++)
        {
            if (Math.Abs(z[i]) > bound)
                z[i] = DrawAgain(bound, new CounterRandom(key, (ulong)i));
            if (Mode == TruncationMode.Scale)
                z[i] *= (float)Threshold;
        }
    }

    private static float DrawAgain(double bound, CounterRandom random)
    {
        Span<float> pair = stackalloc float[2];
        while (true)
        {
            random.FillNormal(pair);
            foreach (float value in pair)
            {
                if (Math.Abs(value) <= bound)
                    return value;
            }
        }
    }
}
