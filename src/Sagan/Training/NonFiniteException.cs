using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>A loss or gradient became NaN or infinite; the run stops and its last snapshot stays.</summary>
public sealed class NonFiniteException : Exception
{
    /// <summary>Creates the exception from the first part affected and the images between which it happened.</summary>
    public NonFiniteException(string part, long fromImages, long toImages)
        : base($"{part}: a loss or gradient became NaN or infinite between images {fromImages} and {toImages}; "
            + "the last snapshot is untouched: resume from it with a smaller learning rate (--set), or look at the data")
    {
        Part = part;
    }

    /// <summary>Path of the first layer affected.</summary>
    public string Part { get; }

    /// <summary>The first parameter of a network, in forward order, that is or whose gradient is not finite.</summary>
    internal static string FirstAffected(Module network)
    {
        using Scope scope = Scope.Open();
        foreach ((string name, Parameter parameter) in network.NamedParameters())
        {
            if (!IsFinite(parameter.Value) || (parameter.Value.Gradient is { } gradient && !IsFinite(gradient)))
                return $"{network.Path}.{name}";
        }

        return network.Path;
    }

    private static bool IsFinite(Tensor tensor) => tensor.Detach().IsFinite().All().To(DType.Float32).Item() > 0;
}
