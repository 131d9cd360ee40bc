namespace Sagan.Training.Collapse;

/// <summary>One class draws a single picture while the others are fine.</summary>
internal sealed class ClassDiversitySign(CollapseConfig config, long patienceImages) : CollapseSign
{
    internal override CollapseCause Cause => CollapseCause.ClassDiversity;

    internal override string? Look(Reading reading)
    {
        if (reading.Least is not { } least || reading.Images < patienceImages || least.Diversity >= config.LeastDiversity)
            return null;
        return FormattableString.Invariant($"pictures of class '{least.Class}' are nearly equal: their diversity is {least.Diversity:0.00} of the real ones'; ")
            + "what helps: more pictures of that class, augmentation, or training on while the other classes are fine";
    }
}
