namespace Sagan.Models;

/// <summary>How a class reaches the discriminator.</summary>
public enum DiscriminatorCondition
{
    /// <summary>Projection: the inner product of features with an embedding of the class (arXiv:1802.05637).</summary>
    Projection,

    /// <summary>The one-hot label as constant planes beside the picture (Mirza and Osindero 2014, arXiv:1411.1784).</summary>
    InputConcat,

    /// <summary>An embedding of the class as constant planes beside a hidden map (the rival of projection in arXiv:1802.05637).</summary>
    HiddenConcat,

    /// <summary>Not as an input: a second output guesses the class (AC-GAN, arXiv:1610.09585).</summary>
    Classifier,

    /// <summary>One score a class and one for generated pictures (multi-hinge GAN, arXiv:1912.04216).</summary>
    MultiClass,
}
