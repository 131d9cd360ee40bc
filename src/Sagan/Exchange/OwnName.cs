namespace Sagan.Exchange;

/// <summary>A name of ours taken apart: <c>block2.norm1.statistics.mean</c> is the value <c>mean</c> in the part <c>block2</c>.</summary>
internal sealed record OwnName
{
    private OwnName(string whole, string part, IReadOnlyList<string> inner, string leaf)
    {
        Whole = whole;
        Part = part;
        Inner = inner;
        Leaf = leaf;
    }

    /// <summary>As a snapshot has it.</summary>
    internal string Whole { get; }

    /// <summary>What every project calls as it likes: a direct part of the network, or a layer of its head or of its planes.</summary>
    internal string Part { get; }

    /// <summary>What stands between part and value.</summary>
    internal IReadOnlyList<string> Inner { get; }

    /// <summary>The value's own name.</summary>
    internal string Leaf { get; }

    /// <summary>All but the value's own name.</summary>
    internal string Layer => Whole[..^(Leaf.Length + 1)];

    internal static OwnName Of(string whole)
    {
        string[] parts = whole.Split('.');
        int depth = parts[0] is "head" or "planes" ? 2 : 1;
        return new OwnName(whole, string.Join('.', parts[..depth]), parts[depth..^1], parts[^1]);
    }

    /// <summary>Another project's name of the layer. Nobody else has statistics in a layer of their own.</summary>
    /// <param name="part">Its name of <see cref="Part"/>.</param>
    /// <param name="inner">Its names of what is inside.</param>
    /// <param name="separator">Between two names.</param>
    internal string Place(string part, Func<string, string> inner, char separator = '.') =>
        string.Join(separator, [part, .. Inner.Where(name => name != "statistics").Select(inner)]);
}
