using Sagan.Models;

namespace Sagan.Exchange;

/// <summary>Where a discriminator has attention, as our configurations say it.</summary>
/// <param name="Resolutions">Of the maps, where each place is the one that a resolution has.</param>
/// <param name="BehindBlocks">The blocks, the first being 1, where they are others; else null.</param>
internal sealed record AttentionPlaces(IReadOnlyList<int> Resolutions, IReadOnlyList<int>? BehindBlocks)
{
    /// <summary>The places behind some blocks of a discriminator.</summary>
    /// <param name="resolution">Of the pictures.</param>
    /// <param name="stages">All blocks.</param>
    /// <param name="isDeep">Whether a resolution's place is behind its last block, and not its first.</param>
    /// <param name="blocks">The blocks with attention, the first being 1.</param>
    internal static AttentionPlaces Of(int resolution, IReadOnlyList<Stage> stages, bool isDeep, IReadOnlyList<int> blocks)
    {
        bool HasPlace(int block) => isDeep ? block == stages.Count || stages[block].Resizes : stages[block - 1].Resizes;
        return blocks.All(block => block <= stages.Count && HasPlace(block))
            ? new AttentionPlaces([.. blocks.Select(block => resolution >> stages.Take(block).Count(stage => stage.Resizes))], null)
            : new AttentionPlaces([], blocks);
    }
}
