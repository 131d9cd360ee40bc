namespace Sagan.Training.Collapse;

/// <summary>What went wrong, or is about to.</summary>
public enum CollapseCause
{
    /// <summary>Pictures of a class are nearly equal, in most classes: the collapse itself.</summary>
    Diversity,

    /// <summary>A loss or gradient is NaN or infinite: the collapse itself.</summary>
    NonFinite,

    /// <summary>Pictures of one class are nearly equal while the others are fine.</summary>
    ClassDiversity,

    /// <summary>A layer's largest singular value shot up: often seen before a collapse.</summary>
    SpectralGrowth,

    /// <summary>The discriminator is so sure that the generator hardly gets a gradient.</summary>
    Saturation,

    /// <summary>The discriminator knows its training pictures by heart.</summary>
    Overfitting,
}
