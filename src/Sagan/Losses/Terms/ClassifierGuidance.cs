using Sagan.Classifiers;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Losses.Terms;

/// <summary>
/// The loss of a pretrained classifier, for the generator: weight · E[-log p(y | G(z, y))]. Pictures become surer of their
/// class and more alike (Miyato and Koyama 2018, arXiv:1802.05637, who fine-tune a trained network with it).
/// </summary>
/// <remarks>The classifier is in evaluation and frozen. It is read from its file whenever a run starts, and not saved with the run.</remarks>
public sealed record ClassifierGuidance : LossTerm
{
    /// <summary>A file of <c>sagan classifier train</c>, for the run's classes and resolution.</summary>
    public required string File { get; init; }

    /// <summary>Factor of the cross entropy. The paper does not state its own; try 0.1 to 1.</summary>
    public double Weight { get; init; } = 0.1;

    /// <summary>The clock from which on it counts; the adversarial loss works alone before. The paper: after 400,000 of 450,000 updates.</summary>
    public long FromImages { get; init; }

    /// <inheritdoc/>
    internal override bool SavesMemory => false;

    /// <inheritdoc/>
    public override Module? CreateMemory() => ClassifierFile.Open(File).Load();

    /// <inheritdoc/>
    public override Tensor? ForGenerator(LossStep step, Module? memory)
    {
        if (step.Images < FromImages)
            return null;
        var classifier = (Classifier)memory!;
        return Likelihood.CrossEntropy(classifier.Forward(step.Fake.Images), step.Fake.Labels) * Weight;
    }

    /// <inheritdoc/>
    internal override void Validate(string setting)
    {
        if (Weight is not (>= 0 and < double.PositiveInfinity))
            throw new ConfigException($"{setting}.weight", $"is {Weight}; it must not be negative");
        if (FromImages < 0)
            throw new ConfigException($"{setting}.fromImages", $"is {FromImages}; it must not be negative");
    }

    /// <inheritdoc/>
    internal override void RequireFit(ModelConfig model, ImageSpec images, IReadOnlyList<string> classNames)
    {
        if (!model.Conditional)
            throw new ConfigException("terms (classifier-guidance)", "needs a generator that looks at the class; add --set model.conditional=true, or leave the term out");
        if (ClassifierFile.Open(File).MismatchWith(images, classNames) is { } problem)
            throw new ConfigException("terms (classifier-guidance)", $"{File} {problem}");
    }
}
