using Sagan.Imaging;
using Sagan.Layers;

namespace Sagan.Exploration;

/// <summary>A picture, and where the attention layers of a network looked while it was drawn or judged.</summary>
/// <param name="Picture">As the network drew or saw it.</param>
/// <param name="Maps">One a layer, in the order in which they ran.</param>
public sealed record AttentionSample(Raster Picture, IReadOnlyList<AttentionMap> Maps);
