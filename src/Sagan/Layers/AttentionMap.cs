namespace Sagan.Layers;

/// <summary>Where each position of one picture looks in one attention layer.</summary>
/// <param name="Layer">The layer's path, for instance <c>generator.attention16</c>.</param>
/// <param name="Height">Rows of positions that look.</param>
/// <param name="Width">Positions in a row.</param>
/// <param name="KeyHeight">Rows of positions looked at: half as many where keys are pooled.</param>
/// <param name="KeyWidth">Positions in such a row.</param>
/// <param name="Weights">[Height · Width, KeyHeight · KeyWidth]; rows sum to 1.</param>
public sealed record AttentionMap(string Layer, int Height, int Width, int KeyHeight, int KeyWidth, float[] Weights)
{
    /// <summary>Positions that look.</summary>
    public int Queries => Height * Width;

    /// <summary>Positions looked at.</summary>
    public int Keys => KeyHeight * KeyWidth;

    /// <summary>How one position spreads its weight of 1: [KeyHeight, KeyWidth].</summary>
    public ReadOnlySpan<float> Of(int query) => Weights.AsSpan(query * Keys, Keys);

    /// <summary>The position that one position looks at most.</summary>
    public int StrongestOf(int query)
    {
        ReadOnlySpan<float> weights = Of(query);
        int most = 0;
        for (int i = 1; i < weights.Length; i++)
            most = weights[i] > weights[most] ? i : most;
        return most;
    }

    /// <summary>How many times an even share the place gets that one position looks at most: 1 is attention without preference.</summary>
    public double TimesEven(int query) => (double)Of(query)[StrongestOf(query)] * Keys;
}
