using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A passage from one value to another that takes a number of pictures (Karras et al. 2018, arXiv:1710.10196).</summary>
/// <remarks>Its share is a buffer, so that a snapshot from the middle of the passage draws what the network drew then.</remarks>
public sealed class Fade : Module
{
    private readonly long _images;
    private readonly Parameter _alpha;

    /// <param name="images">Pictures that the passage takes; 0: it is over from the start.</param>
    public Fade(long images)
    {
        _images = images;
        _alpha = Buffer("alpha", [], new ConstantInitializer(ShareAt(0)));
    }

    /// <summary>Moves to a time: the share is min(1, images / length).</summary>
    /// <param name="images">Pictures shown since the passage began.</param>
    public void Follow(long images)
    {
        using GradMode noGrad = Autograd.NoGrad();
        _alpha.Value.Fill(ShareAt(images));
    }

    /// <summary>Exactly the former value at the beginning, exactly the new one at the end.</summary>
    public Tensor Mix(Tensor former, Tensor grown)
    {
        using Scope scope = Scope.Open();
        Tensor alpha = _alpha.Value;
        return scope.Keep(Tensor.AddProduct(former * (1 - alpha), grown, alpha));
    }

    private double ShareAt(long images) => _images == 0 ? 1 : Math.Min(1, (double)images / _images);
}
