namespace Sagan.Evaluation.Protocols;

/// <summary>Which real pictures a score compares with.</summary>
public enum RealPart
{
    /// <summary>All of the data that was trained on: "full".</summary>
    Full,

    /// <summary>Those of the split "test".</summary>
    Test,

    /// <summary>As many of "full" as are drawn, evenly spaced over it: quick, for curves of one run alone.</summary>
    Sub,
}
