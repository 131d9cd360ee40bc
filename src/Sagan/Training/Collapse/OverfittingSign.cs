namespace Sagan.Training.Collapse;

/// <summary>Held-out pictures look generated to the discriminator, in two snapshots running.</summary>
internal sealed class OverfittingSign(CollapseConfig config) : CollapseSign
{
    private const int SnapshotsInARow = 2;

    private int _snapshots;

    internal override CollapseCause Cause => CollapseCause.Overfitting;

    internal override string? Look(Reading reading)
    {
        if (reading.OverfittingGap is not { } gap)
            return null;

        _snapshots = gap > config.OverfittingGap ? _snapshots + 1 : 0;
        return _snapshots < SnapshotsInARow
            ? null
            : FormattableString.Invariant($"the discriminator knows its pictures by heart: it puts held-out ones {gap:0.00} of the way from training pictures to generated ones; ")
                + "what helps: augmentation, mirrored pictures (--set mirror=true), more pictures, a smaller discriminator";
    }
}
