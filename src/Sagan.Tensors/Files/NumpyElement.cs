namespace Sagan.Tensors.Files;

/// <summary>What numpy.dtype makes in a pickle: the element type of a <see cref="NumpyScalar"/>.</summary>
internal sealed record NumpyElement(DType Type);
