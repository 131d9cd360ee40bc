using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Whether convolutions of this thread run in bfloat16, which has float32's range and 8 bits of precision.</summary>
/// <remarks>
/// Weights, spectral norms, batch statistics, attention, the last linear layers and losses stay in float32, and so do convolutions
/// from or to a picture: what is cast is only what a convolution multiplies. Maps between convolutions stay in bfloat16. No factor on
/// the loss is needed, since the range is float32's.
/// </remarks>
internal static class MixedPrecision
{
    [ThreadStatic]
    private static bool t_on;

    /// <summary>Whether it is on.</summary>
    internal static bool IsOn => t_on;

    /// <summary>Until the scope is disposed.</summary>
    internal static MixedPrecisionScope Enter(bool on) => new(Exchange(on));

    internal static bool Exchange(bool on)
    {
        bool former = t_on;
        t_on = on;
        return former;
    }

    /// <summary>In bfloat16, if it was in float32.</summary>
    internal static Tensor Narrowed(this Tensor x) => x.DType == DType.Float32 ? x.To(DType.BFloat16) : x;

    /// <summary>In float32, if it was in bfloat16.</summary>
    internal static Tensor Widened(this Tensor x) => x.DType == DType.BFloat16 ? x.To(DType.Float32) : x;
}
