using System.Text.Json.Serialization;

namespace Sagan.Data;

/// <summary>Where the pictures come from. A new kind is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PicturesConfig), "pictures")]
[JsonDerivedType(typeof(ToyboxConfig), "toybox")]
public abstract record DatasetConfig
{
    /// <summary>Opens the data set; the first time may take a while.</summary>
    /// <exception cref="DataException">The pictures cannot be used.</exception>
    public abstract Dataset Open(IProgress<DataProgress>? progress = null);

    /// <summary>The same pictures with another side.</summary>
    /// <param name="resolution">Side in pixels.</param>
    public abstract DatasetConfig WithResolution(int resolution);
}
