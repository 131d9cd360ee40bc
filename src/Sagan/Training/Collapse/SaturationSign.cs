namespace Sagan.Training.Collapse;

/// <summary>Logits so far apart that the discriminator's loss is used up, several ticks long; or the wrong way round.</summary>
/// <remarks>The loss tells: a Wasserstein critic's margin may be large, but its loss is then far from 0.</remarks>
internal sealed class SaturationSign(CollapseConfig config) : CollapseSign
{
    private const int TicksInARow = 3;
    private const double UsedUp = 0.05;

    private int _ticks;

    internal override CollapseCause Cause => CollapseCause.Saturation;

    internal override string? Look(Reading reading)
    {
        if (reading.Margin is not { } margin || reading.DiscriminatorLoss is not { } loss)
            return null;

        bool sure = margin > config.Margin && Math.Abs(loss) < UsedUp;
        bool reversed = margin < -config.Margin && loss > 0;
        _ticks = sure || reversed ? _ticks + 1 : 0;
        if (_ticks < TicksInARow)
            return null;
        return sure
            ? FormattableString.Invariant($"the discriminator is too sure: its logits on real and generated pictures are {margin:0.0} apart and its loss is {loss:0.000}, so the generator hardly learns; ")
                + "what helps: spectral norm or a gradient penalty in the discriminator, a smaller discriminator learning rate, fewer discriminator steps, augmentation where pictures are few"
            : FormattableString.Invariant($"the discriminator takes generated pictures for real: its mean logits are {margin:0.0} apart the wrong way; ")
                + "what helps: more discriminator steps or a larger discriminator learning rate";
    }
}
