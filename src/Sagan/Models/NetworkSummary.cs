using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>A network, layer by layer, with what it costs to run. Found out by running it on one picture and on two.</summary>
/// <remarks>
/// FLOPs are those of the arithmetic that is done here, which may be less than a paper's drawing has: convolution and
/// pooling in one, for instance, or 1x1 convolutions on the smaller map.
/// </remarks>
public sealed record NetworkSummary
{
    /// <summary>Layers that have parameters or do arithmetic, in the order in which they run.</summary>
    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    /// <summary>Trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of a forward pass, a picture.</summary>
    public required long Flops { get; init; }

    /// <summary>Bytes of all results of a forward pass, a picture: an upper bound of what training holds of them for backward.</summary>
    public required long ActivationBytes { get; init; }

    /// <summary>Operators called in a forward pass that make something new, whatever the batch.</summary>
    public required int Calls { get; init; }

    /// <summary>Looks at a generator.</summary>
    public static NetworkSummary Of(Generator generator) =>
        Of(generator, generator, (pictures, condition) => generator.Forward(Tensor.Zeros([pictures.Size(0), generator.LatentSize]), condition));

    /// <summary>Looks at a discriminator.</summary>
    /// <param name="discriminator">Looked at.</param>
    /// <param name="generator">Its rival, which tells what stands beside a picture: a label, or a smaller picture.</param>
    public static NetworkSummary Of(Discriminator discriminator, Generator generator) =>
        Of(discriminator, generator, (pictures, condition) => discriminator.Forward(pictures, condition));

    private static NetworkSummary Of(Module network, Generator generator, Func<Tensor, Tensor, Tensor> forward)
    {
        using ModeScope eval = network.Eval();
        ForwardTrace one = Trace(generator, forward, 1), two = Trace(generator, forward, 2);

        // What a second picture adds: work on weights, done once a batch, falls out.
        LayerSummary[] rows = [.. one.Layers.Zip(two.Layers, (first, second) => Summarize(network, first, second.Flops - first.Flops))];
        HashSet<Module> seen = [.. one.Layers.Select(layer => layer.Module)];
        IEnumerable<LayerSummary> others = network.SelfAndDescendants()
            .Where(module => !seen.Contains(module))
            .Select(module => new LayerSummary(PathIn(network, module), module.GetType().Name, [], module.OwnParameterCount, 0, false));
        return new NetworkSummary
        {
            Layers = [.. rows.Concat(others).Where(row => row.Parameters > 0 || row.Flops > 0)],
            Parameters = network.ParameterCount,
            Flops = two.Flops - one.Flops,
            ActivationBytes = two.Bytes - one.Bytes,
            Calls = one.Calls,
        };
    }

    private static ForwardTrace Trace(Generator generator, Func<Tensor, Tensor, Tensor> forward, int count)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        ImageSpec images = generator.Images;
        var blank = new Batch(Tensor.Zeros([count, images.Channels, images.Resolution, images.Resolution]), Tensor.Zeros([count], DType.Int64));
        Tensor condition = generator.ConditionOf(blank);
        using ForwardTrace trace = ForwardTrace.Start();
        forward(blank.Images, condition);
        return trace;
    }

    private static LayerSummary Summarize(Module network, TracedLayer layer, long flops) => new(
        PathIn(network, layer.Module),
        layer.Module.GetType().Name,
        [.. layer.Output.Skip(1)],
        layer.Module.OwnParameterCount,
        flops,
        layer.IsAttention);

    private static string PathIn(Module network, Module module) =>
        module == network ? network.Path : module.Path[(network.Path.Length + 1)..];
}
