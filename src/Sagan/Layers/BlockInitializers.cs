namespace Sagan.Layers;

/// <summary>How the convolutions of a residual block start.</summary>
/// <param name="Main">Of the two 3x3 convolutions.</param>
/// <param name="Shortcut">Of the 1x1 shortcut.</param>
public sealed record BlockInitializers(Initializer Main, Initializer Shortcut)
{
    /// <summary>Xavier with gain sqrt(2) on the main path and 1 on the shortcut (sngan_projection).</summary>
    public static BlockInitializers Sngan { get; } = new(new XavierInitializer(Math.Sqrt(2)), new XavierInitializer());

    /// <summary>The same everywhere.</summary>
    public static BlockInitializers All(Initializer initializer) => new(initializer, initializer);
}
