using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>One array of another project's file, and the values of ours that are the same numbers, both ways.</summary>
public sealed record KeyEntry
{
    /// <summary>The other project's name.</summary>
    public required string Theirs { get; init; }

    /// <summary>The shape of its array. Ours may have it without axes of size 1.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>
    /// Names of ours. Several lie side by side along axis 1 of their array; none: they keep something that nothing is
    /// computed from, such as a counter.
    /// </summary>
    public IReadOnlyList<string> Ours { get; init; } = [];

    /// <summary>What ours has above theirs: 1 where their gain is what is added to 1.</summary>
    public double Offset { get; init; }

    /// <summary>How their array's elements lie where ours lie otherwise; null: as ours.</summary>
    internal Arrangement? Arrangement { get; init; }

    /// <summary>What a file under their names holds where <see cref="Ours"/> is empty.</summary>
    public HostArray? Filler { get; init; }

    /// <summary>Whether the array becomes something of ours; else it may be missing.</summary>
    public bool IsKept => Ours.Count > 0;

    /// <summary>Copies their numbers into ours.</summary>
    /// <param name="array">Of <see cref="Shape"/>.</param>
    /// <param name="state">A network's, by name.</param>
    internal void Take(HostArray array, IReadOnlyDictionary<string, Parameter> state)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Tensor theirs = Tensor.FromBytes(array.Bytes, array.DType, array.Shape);
        theirs = Arrangement?.ToOurs(theirs) ?? theirs;
        long start = 0;
        foreach (Tensor ours in Ours.Select(name => state[name].Value))
        {
            Tensor part = theirs;
            if (Ours.Count > 1)
            {
                part = theirs.Narrow(1, start, ours.Size(1));
                start += ours.Size(1);
            }

            part = part.Reshape(ours.Shape);
            ours.CopyFrom(Offset == 0 ? part : part + Offset);
        }
    }

    /// <summary>Our numbers as they have them, in the innermost scope.</summary>
    /// <param name="state">A network's, by name.</param>
    internal Tensor Give(IReadOnlyDictionary<string, Parameter> state)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        Tensor[] parts = [.. Ours.Select(name => state[name].Value.Detach())];
        Tensor ours = parts.Length == 1 ? parts[0] : Tensor.Concat(1, parts);
        ours = (Arrangement?.ToTheirs(ours) ?? ours).Reshape([.. Shape]);
        return scope.Keep(Offset == 0 ? ours : ours - Offset);
    }

    /// <summary>The same in host memory.</summary>
    /// <param name="state">A network's, by name.</param>
    internal HostArray Copy(IReadOnlyDictionary<string, Parameter> state)
    {
        using Scope scope = Scope.Open();
        Tensor theirs = Give(state);
        var bytes = new byte[theirs.Count * theirs.DType.Size()];
        theirs.CopyBytesTo(bytes);
        return new HostArray(theirs.DType, [.. Shape], bytes);
    }
}
