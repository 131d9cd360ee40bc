using Sagan.Tensors;

namespace Sagan.Tests.Models;

/// <summary>In what precisions the gradients of a case are compared.</summary>
internal static class Precisions
{
    /// <summary>
    /// Double for all, single up to 64x64. At 128x128 some ReLU sits so near its kink that rounding decides its side: in
    /// single precision one such tie moves a patch of the first layer's gradient by 1e-2, in double all agree within 1e-5.
    /// </summary>
    internal static TheoryData<string, DType> Of(IEnumerable<string> cases)
    {
        var data = new TheoryData<string, DType>();
        foreach (string name in cases)
        {
            data.Add(name, DType.Float64);
            if (!name.EndsWith("128", StringComparison.Ordinal))
                data.Add(name, DType.Float32);
        }

        return data;
    }
}
