namespace Sagan.Training.Profiling;

/// <summary>What a training iteration is doing; phases follow one another without gaps.</summary>
internal enum StepPhase
{
    /// <summary>Waiting for real pictures, and uploading them.</summary>
    Load,

    /// <summary>Drawing pictures for the discriminator, without gradients.</summary>
    DiscriminatorDrawing,

    /// <summary>Judging real and generated pictures; the loss with its terms, and gradients that terms take themselves.</summary>
    DiscriminatorForward,

    /// <summary>The discriminator's gradients.</summary>
    DiscriminatorBackward,

    /// <summary>Dropping its former gradients, and moving its parameters.</summary>
    DiscriminatorOptimizer,

    /// <summary>Drawing and judging; the loss with its terms.</summary>
    GeneratorForward,

    /// <summary>The generator's gradients, through the discriminator.</summary>
    GeneratorBackward,

    /// <summary>Dropping its former gradients, and moving its parameters.</summary>
    GeneratorOptimizer,

    /// <summary>Moving the averaged generator.</summary>
    Average,

    /// <summary>Means of losses and logits, the augmentation's own, the look at every step's health.</summary>
    Statistics,

    /// <summary>Freeing what a pass has made.</summary>
    Release,
}
