using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Models;

/// <summary>Pictures made small: the mean over squares.</summary>
public static class SmallPictures
{
    /// <summary>Halves pictures until they are a number of times smaller.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="factor">A power of two that divides height and width.</param>
    /// <returns>[N, C, H / factor, W / factor].</returns>
    public static Tensor Of(Tensor pictures, int factor)
    {
        using Scope scope = Scope.Open();
        Tensor small = pictures;
        for (int done = 1; done < factor; done *= 2)
            small = Pooling.AveragePool2x2(small);
        return scope.Keep(small);
    }
}
