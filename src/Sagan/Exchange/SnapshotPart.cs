namespace Sagan.Exchange;

/// <summary>Which networks of a snapshot are exported.</summary>
public enum SnapshotPart
{
    /// <summary>The generator as it is trained.</summary>
    Generator,

    /// <summary>The averaged generator, which pictures are drawn with where there is one.</summary>
    Average,

    /// <summary>The discriminator.</summary>
    Discriminator,

    /// <summary>All that there are.</summary>
    All,
}
