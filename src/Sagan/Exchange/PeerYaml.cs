using System.Text.Json.Nodes;

namespace Sagan.Exchange;

/// <summary>The little YAML that StudioGAN's configurations are: sections of names with one plain value each.</summary>
internal static class PeerYaml
{
    /// <summary>All names with their values; which section they stand in is of no account.</summary>
    internal static JsonObject Read(string text)
    {
        var values = new JsonObject();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string said = (comment < 0 ? line : line[..comment]).Trim();
            int colon = said.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && said[(colon + 1)..].Trim() is { Length: > 0 } value)
                values[said[..colon].Trim().Trim('"', '\'')] = value.Trim('"', '\'');
        }

        return values;
    }
}
