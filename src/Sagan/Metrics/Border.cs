namespace Sagan.Metrics;

/// <summary>Whether a picture exactly on the border of another one's neighbourhood lies inside it.</summary>
/// <remarks>It matters for equal pictures only. Of three equal ones the neighbourhoods shrink to a point, inside of which nothing lies unless the border counts.</remarks>
public enum Border
{
    /// <summary>Outside: StudioGAN's and clovaai's prdc.</summary>
    Outside,

    /// <summary>Inside: torch-fidelity's and stylegan3's.</summary>
    Inside,
}
