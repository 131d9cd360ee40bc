namespace Sagan.Models;

/// <summary>What numbers are drawn for: the draws of two purposes are independent.</summary>
public enum DrawPurpose
{
    /// <summary>Pictures by seed, asked for by a user: position is the seed.</summary>
    Sample = 0,

    /// <summary>Pictures that the discriminator trains on.</summary>
    Discriminator = 1,

    /// <summary>Pictures that the generator trains on.</summary>
    Generator = 2,

    /// <summary>Terms of the discriminator's loss.</summary>
    DiscriminatorTerms = 3,

    /// <summary>Terms of the generator's loss.</summary>
    GeneratorTerms = 4,

    /// <summary>Augmentation of what the discriminator trains on.</summary>
    DiscriminatorAugmentation = 5,

    /// <summary>Augmentation of what the generator trains on.</summary>
    GeneratorAugmentation = 6,

    /// <summary>Pictures that a generator is scored by.</summary>
    Evaluation = 7,

    /// <summary>Pictures that a generator's standing statistics are taken from.</summary>
    StandingStatistics = 16,
}
