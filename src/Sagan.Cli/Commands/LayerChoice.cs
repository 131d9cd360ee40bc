using Sagan.Cli.Console;
using Sagan.Layers;

namespace Sagan.Cli.Commands;

/// <summary>Which attention layers of a network are shown.</summary>
internal static class LayerChoice
{
    /// <summary>The paths of the chosen layers.</summary>
    /// <param name="network">Generator or discriminator.</param>
    /// <param name="text">A path or its end; null: all.</param>
    /// <param name="hint">What else can be done where there is none.</param>
    internal static IReadOnlyList<string> Of(Module network, string? text, string hint)
    {
        string[] known = [.. AttentionProbe.LayersOf(network).Select(layer => layer.Path)];
        if (known.Length == 0)
        {
            throw new UsageException(
                $"this {network.Path} has no attention layer; {hint}, or train a network that has one: `sagan train tiny`, or a SAGAN with --set model.generatorAttention=[16]");
        }

        if (text is null)
            return known;
        string[] chosen = [.. known.Where(path => path == text || path.EndsWith("." + text, StringComparison.Ordinal))];
        return chosen.Length > 0 ? chosen : throw new UsageException($"--layer {text}: no such attention layer; there are {string.Join(", ", known)}");
    }
}
