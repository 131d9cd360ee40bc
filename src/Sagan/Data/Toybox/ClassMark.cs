namespace Sagan.Data.Toybox;

/// <summary>How a generator does in one class of the toybox.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Pictures">Pictures judged.</param>
/// <param name="Recognised">Share in which the class's silhouette was found, 0 to 1.</param>
/// <param name="Sound">Share that keeps the class's long-range promise, 0 to 1; drawn ones all do.</param>
/// <param name="Variety">
/// Root mean square distance between pictures of the class over that between drawn ones: 1 as varied, 0 all the same.
/// </param>
public sealed record ClassMark(string ClassName, int Pictures, double Recognised, double Sound, double Variety);
