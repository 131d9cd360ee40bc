namespace Sagan.Training;

/// <summary>The largest singular value of one layer's weight before its spectral norm.</summary>
/// <param name="Layer">Place in the network, for instance <c>block3.conv1</c>.</param>
/// <param name="Value">As the stored vectors of the power iteration see it.</param>
public readonly record struct LayerSigma(string Layer, double Value);
