using System.Text.Json.Serialization;
using Sagan.Layers;

namespace Sagan.Optim;

/// <summary>One optimizer: its numbers, and how to build it. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamConfig), "adam")]
[JsonDerivedType(typeof(RmsPropConfig), "rmsprop")]
public abstract record OptimizerConfig
{
    /// <summary>Step size.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Names of the running means it keeps of every parameter, in the order of its state.</summary>
    internal abstract IReadOnlyList<string> Moments { get; }

    /// <summary>The first setting that cannot be, and the cure; null where all can.</summary>
    internal abstract (string Setting, string Cure)? Fault { get; }

    /// <summary>Builds an optimizer of a network's parameters, which keeps its means where they are.</summary>
    public abstract Optimizer Build(Module network);
}
