namespace Sagan.Exchange;

/// <summary>Which of a GAN's networks a file holds.</summary>
public enum PeerRole
{
    /// <summary>The one that draws; its average looks the same.</summary>
    Generator,

    /// <summary>The one that judges.</summary>
    Discriminator,
}
