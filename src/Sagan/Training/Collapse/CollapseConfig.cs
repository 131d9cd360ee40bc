using Sagan.Models;

namespace Sagan.Training.Collapse;

/// <summary>When a run counts as collapsed, and what it does then. Nothing here changes a run that does not collapse, but for <see cref="HeldOut"/>.</summary>
/// <remarks>
/// The limits are our own choices, wide enough that healthy runs of the recipes stay silent; no paper gives numbers. What
/// they watch is what Brock et al. (2019, arXiv:1809.11096, section 4 and appendix F) saw before and in collapses.
/// </remarks>
public sealed record CollapseConfig
{
    /// <summary>What to do. Going back needs a best snapshot; without <see cref="KeepPolicy.Best"/>, diversity chooses it.</summary>
    public CollapseAction Action { get; init; }

    /// <summary>How many times a run goes back before it stops.</summary>
    public int MostRollbacks { get; init; } = 3;

    /// <summary>Pictures that are kept from training, to see whether the discriminator learns its pictures by heart. 0: none.</summary>
    public int HeldOut { get; init; }

    /// <summary>Generator updates before diversity is judged: pictures of a young generator are all alike.</summary>
    public int PatienceUpdates { get; init; } = 1000;

    /// <summary>Collapsed below this share of the highest diversity seen.</summary>
    public double DiversityFall { get; init; } = 0.4;

    /// <summary>Collapsed below this share of the real pictures' diversity, whatever was seen before.</summary>
    public double LeastDiversity { get; init; } = 0.1;

    /// <summary>A singular value so many times its running median has shot up.</summary>
    public double SigmaGrowth { get; init; } = 3;

    /// <summary>Difference of mean logits at which the discriminator is too sure, if its loss is used up as well.</summary>
    public double Margin { get; init; } = 10;

    /// <summary>
    /// Held-out pictures judged so far from training pictures, on the way to generated ones (1: no better than generated):
    /// r_v of Karras et al. 2020 (arXiv:2006.06676, equation 1).
    /// </summary>
    public double OverfittingGap { get; init; } = 0.7;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    internal void Validate()
    {
        Require("mostRollbacks", MostRollbacks >= 0, "must not be negative");
        Require("heldOut", HeldOut >= 0, "must not be negative; 0 holds no pictures out");
        Require("patienceUpdates", PatienceUpdates >= 0, "must not be negative");
        Require("diversityFall", DiversityFall is >= 0 and < 1, "must be at least 0 and below 1");
        Require("leastDiversity", LeastDiversity is >= 0 and < 1, "must be at least 0 and below 1");
        Require("sigmaGrowth", SigmaGrowth > 1, "must be above 1");
        Require("margin", Margin > 0, "must be above 0");
        Require("overfittingGap", OverfittingGap > 0, "must be above 0");
    }

    private static void Require(string setting, bool holds, string cure)
    {
        if (!holds)
            throw new ConfigException($"collapse.{setting}", cure);
    }
}
