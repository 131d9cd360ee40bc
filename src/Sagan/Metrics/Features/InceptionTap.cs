namespace Sagan.Metrics.Features;

/// <summary>Where features leave the FID Inception network; the value is their number. Maps are averaged over positions.</summary>
public enum InceptionTap
{
    /// <summary>Behind the first maxima, 73x73.</summary>
    FirstPool = 64,

    /// <summary>Behind the second maxima, 35x35.</summary>
    SecondPool = 192,

    /// <summary>Behind the last block of 17x17, in front of the auxiliary classifier that training had.</summary>
    Mixed6e = 768,

    /// <summary>The last ones, which every published FID uses.</summary>
    Pool3 = 2048,
}
