using Sagan.Layers;

namespace Sagan.Models;

/// <summary>The head that each way of telling a discriminator the class ends in.</summary>
internal static class Heads
{
    internal static HeadKind Of(bool isConditional, DiscriminatorCondition condition) => (isConditional, condition) switch
    {
        (true, DiscriminatorCondition.Projection) => HeadKind.Projection,
        (true, DiscriminatorCondition.Classifier) => HeadKind.Classifier,
        (true, DiscriminatorCondition.MultiClass) => HeadKind.MultiClass,
        _ => HeadKind.Plain,
    };
}
