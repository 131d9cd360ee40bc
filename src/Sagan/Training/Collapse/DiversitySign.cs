namespace Sagan.Training.Collapse;

/// <summary>The pictures of the grid became alike, or never grew apart.</summary>
internal sealed class DiversitySign(CollapseConfig config, long patienceImages) : CollapseSign
{
    // More varied than real pictures is noise, not health: a fall from there is no loss.
    private const double Enough = 1;

    private double _highest;

    internal override CollapseCause Cause => CollapseCause.Diversity;

    internal override string? Look(Reading reading)
    {
        if (reading.Diversity is not { } diversity || reading.Images < patienceImages)
            return null;

        double former = _highest;
        _highest = Math.Max(former, Math.Min(diversity, Enough));
        string? problem = diversity < former * config.DiversityFall
                ? FormattableString.Invariant($"the grid's pictures of one class are nearly equal: diversity fell from {former:0.00} to {diversity:0.00} of the real pictures'")
            : diversity < config.LeastDiversity
                ? FormattableString.Invariant($"the grid's pictures of one class are nearly equal: their diversity is {diversity:0.00} of the real pictures' (1 is as varied)")
            : null;
        return problem is null
            ? null
            : problem + "; what helps: go on from an earlier snapshot (--on-collapse rollback does it), a smaller learning rate or a larger batch, augmentation where pictures are few";
    }
}
