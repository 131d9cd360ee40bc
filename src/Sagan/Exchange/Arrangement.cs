using Sagan.Tensors;

namespace Sagan.Exchange;

/// <summary>Another order of the same numbers, and the way back.</summary>
/// <param name="ToOurs">From their order.</param>
/// <param name="ToTheirs">From ours.</param>
internal sealed record Arrangement(Func<Tensor, Tensor> ToOurs, Func<Tensor, Tensor> ToTheirs)
{
    /// <summary>Rows are columns there.</summary>
    internal static Arrangement Transposed { get; } = new(theirs => theirs.Transpose(0, 1), ours => ours.Transpose(0, 1));

    /// <summary>Rows are the values of a map: channel after channel with us, position after position with them.</summary>
    /// <param name="positions">Of the map.</param>
    internal static Arrangement PositionsFirst(int positions) =>
        new(theirs => Swap(theirs, positions), ours => Swap(ours, ours.Size(0) / positions));

    /// <summary>The last axis reads a latent vector and then a class there, with us the class first.</summary>
    /// <param name="latentSize">Of the latent vector.</param>
    internal static Arrangement LatentsFirst(int latentSize) =>
        new(theirs => Rotate(theirs, latentSize), ours => Rotate(ours, ours.Size(ours.Rank - 1) - latentSize));

    /// <summary>Two at once.</summary>
    internal Arrangement And(Arrangement other) => new(theirs => other.ToOurs(ToOurs(theirs)), ours => ToTheirs(other.ToTheirs(ours)));

    private static Tensor Swap(Tensor rows, long outer) =>
        rows.Reshape(outer, rows.Size(0) / outer, -1).Transpose(0, 1).Reshape(rows.Shape);

    private static Tensor Rotate(Tensor x, long first)
    {
        int axis = x.Rank - 1;
        return Tensor.Concat(axis, x.Narrow(axis, first, x.Size(axis) - first), x.Narrow(axis, 0, first));
    }
}
