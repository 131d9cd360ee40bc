using Sagan.Models;
using Sagan.Onnx.Schema;
using Sagan.Tensors;

namespace Sagan.Tests.Onnx;

/// <summary>The same inputs for a network and for its graph, in the innermost scope.</summary>
internal sealed class GraphInputs
{
    internal GraphInputs(GanModel gan, int count)
    {
        ImageSpec images = gan.Generator.Images;
        using var random = new RandomSource(9);
        Z = Tensor.Normal([count, gan.Generator.LatentSize], random);
        Pictures = Tensor.Normal([count, images.Channels, images.Resolution, images.Resolution], random).Tanh();
        Tensor labels = Tensor.From([.. Enumerable.Range(1, count).Select(i => (long)(i % images.Classes))], count);
        bool hasCondition = gan.Generator.IsConditional || gan.Discriminator.IsConditional || gan.Generator.ConditionsOnPictures;
        Condition = hasCondition ? gan.Generator.ConditionOf(new Batch(Pictures, labels)) : null;
    }

    internal Tensor Z { get; }

    internal Tensor Pictures { get; }

    internal Tensor? Condition { get; }

    internal Dictionary<string, GraphArray> ForGenerator(ModelProto model, double truncation) =>
        Of(model, ("z", Z), truncation);

    internal Dictionary<string, GraphArray> ForDiscriminator(ModelProto model) => Of(model, ("picture", Pictures), null);

    private Dictionary<string, GraphArray> Of(ModelProto model, (string Name, Tensor Value) first, double? truncation)
    {
        var inputs = new Dictionary<string, GraphArray> { [first.Name] = Read(first.Value) };
        if (model.Graph.Input.Select(input => input.Name).SingleOrDefault(name => name is "label" or "small") is { } condition)
            inputs.Add(condition, Read(Condition!));
        if (truncation is { } threshold)
            inputs.Add("truncation", GraphArray.Of([(float)threshold], 1));
        return inputs;
    }

    private static GraphArray Read(Tensor tensor)
    {
        int[] shape = [.. tensor.Shape.ToArray().Select(size => (int)size)];
        return tensor.DType == DType.Int64 ? GraphArray.Of(tensor.ToArray<long>(), shape) : GraphArray.Of(tensor.ToArray<float>(), shape);
    }
}
