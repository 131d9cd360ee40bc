using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <content>What a leaf knows of its gradient.</content>
public sealed partial class Tensor
{
    /// <summary>Whether operators record this tensor for gradients.</summary>
    public unsafe bool RequiresGrad
    {
        get
        {
            NativeTensorInfo info;
            TorchException.ThrowIfFailed(NativeMethods.sagan_tensor_describe(Handle, &info), "describe");
            return info.RequiresGrad != 0;
        }
        set => TorchException.ThrowIfFailed(NativeMethods.sagan_set_requires_grad(Handle, value ? 1 : 0), "requires_grad");
    }

    /// <summary>The gradient that backward left here, in the innermost scope; null where there is none.</summary>
    public Tensor? Gradient
    {
        get
        {
            ScopeStack scope = ScopeStack.Current;
            if (scope.Depth == 0)
                ScopeStack.ThrowNoScope("gradient");
            TorchException.ThrowIfFailed(NativeMethods.sagan_get_gradient(Handle, out nint gradient), "gradient");
            return gradient == 0 ? null : scope.Adopt(gradient, null);
        }
    }

    /// <summary>Drops the gradient that backward left here.</summary>
    public void ClearGradient() =>
        TorchException.ThrowIfFailed(NativeMethods.sagan_set_gradient(Handle, 0), "gradient");

    /// <summary>The same values, cut off from the graph.</summary>
    public Tensor Detach() => s_detach.Call(this).Tensor;

    private static readonly Operator s_detach = Operator.Find("aten::detach", 1);
}
