namespace Sagan.Training;

/// <summary>A point that a generator can draw: a latent vector, and how much of each class.</summary>
/// <param name="Z">[latent size].</param>
/// <param name="Shares">[classes]; 1 for a class and 0 for the others is that class.</param>
public sealed record ClassBlend(float[] Z, float[] Shares);
