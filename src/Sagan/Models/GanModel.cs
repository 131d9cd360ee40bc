namespace Sagan.Models;

/// <summary>The two networks of a GAN. Owns both.</summary>
/// <param name="Generator">Draws.</param>
/// <param name="Discriminator">Judges.</param>
public sealed record GanModel(Generator Generator, Discriminator Discriminator) : IDisposable
{
    /// <summary>Real pictures with what a generated one must have in common with them in the place of the labels.</summary>
    public Batch Condition(Batch real) => real with { Labels = Generator.ConditionOf(real) };

    /// <summary>Tells both networks the time.</summary>
    internal void Follow(long images)
    {
        Generator.Follow(images);
        Discriminator.Follow(images);
    }

    /// <summary>Frees both networks.</summary>
    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
