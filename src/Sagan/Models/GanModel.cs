namespace Sagan.Models;

/// <summary>The two networks of a GAN. Owns both.</summary>
/// <param name="Generator">Draws.</param>
/// <param name="Discriminator">Judges.</param>
public sealed record GanModel(Generator Generator, Discriminator Discriminator) : IDisposable
{
    /// <summary>Frees both networks.</summary>
    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
