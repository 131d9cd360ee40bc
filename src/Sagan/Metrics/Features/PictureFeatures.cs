using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>What an extractor makes of pictures.</summary>
/// <param name="Features">[N, features], single precision.</param>
/// <param name="Logits">[N, classes] without bias; null where the extractor knows no classes.</param>
public sealed record PictureFeatures(Tensor Features, Tensor? Logits);
