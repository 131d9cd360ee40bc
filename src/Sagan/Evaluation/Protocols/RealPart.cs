namespace Sagan.Evaluation.Protocols;

/// <summary>Which real pictures a score compares with.</summary>
public enum RealPart
{
    /// <summary>All of the data that was trained on: "full".</summary>
    Full,

    /// <summary>Those of the split "test".</summary>
    Test,
}
