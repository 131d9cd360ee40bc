namespace Sagan.Tensors;

/// <content>Shapes, pieces, types and places.</content>
public sealed partial class Tensor
{
    /// <summary>The same elements in another shape; one size may be -1.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> shape) => s_reshape.Call(this, shape.ToArray()).Tensor;

    /// <summary>All axes from the given one on, as one.</summary>
    public Tensor Flatten(int firstAxis = 1) => s_flatten.Call(this, firstAxis).Tensor;

    /// <summary>Two axes exchanged.</summary>
    public Tensor Transpose(int first, int second) => s_transpose.Call(this, first, second).Tensor;

    /// <summary>The axes in another order.</summary>
    public Tensor Permute(params ReadOnlySpan<long> axes) => s_permute.Call(this, axes.ToArray()).Tensor;

    /// <summary>A new axis of size 1.</summary>
    public Tensor Unsqueeze(int axis) => s_unsqueeze.Call(this, axis).Tensor;

    /// <summary>Without an axis of size 1.</summary>
    public Tensor Squeeze(int axis) => s_squeeze.Call(this, axis).Tensor;

    /// <summary>A run of entries along an axis.</summary>
    public Tensor Narrow(int axis, long start, long length) => s_narrow.Call(this, axis, start, length).Tensor;

    /// <summary>One entry along an axis, without that axis.</summary>
    public Tensor Select(int axis, long index) => s_select.Call(this, axis, index).Tensor;

    /// <summary>The two equal halves along an axis.</summary>
    /// <exception cref="ShapeException">The axis has an odd size.</exception>
    public (Tensor First, Tensor Second) Halve(int axis)
    {
        long size = Size(axis);
        if (size % 2 != 0)
            throw new ShapeException("Halve", $"an even size of axis {axis}", Shape);
        return (Narrow(axis, 0, size / 2), Narrow(axis, size / 2, size / 2));
    }

    /// <summary>Tensors one behind the other along an axis.</summary>
    public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> tensors) => s_concat.Call(tensors.ToArray(), axis).Tensor;

    /// <summary>Tensors of one shape along a new first axis.</summary>
    public static Tensor Stack(params ReadOnlySpan<Tensor> tensors) => s_stack.Call(tensors.ToArray(), 0).Tensor;

    /// <summary>Axes of size 1 repeated to a shape without copying.</summary>
    public Tensor Expand(params ReadOnlySpan<long> shape) => s_expand.Call(this, shape.ToArray(), false).Tensor;

    /// <summary>Entries along an axis in the order of an index, <c>[M]</c> of Int64.</summary>
    public Tensor IndexSelect(int axis, Tensor index) => s_indexSelect.Call(this, axis, index).Tensor;

    /// <summary>Along an axis, the entries that an index of the same rank names, each for itself.</summary>
    public Tensor Gather(int axis, Tensor index) => s_gather.Call(this, axis, index).Tensor;

    /// <summary>The elements one behind the other in memory in the given order; itself if they lie so.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => s_contiguous.Call(this, format).Tensor;

    /// <summary>A copy.</summary>
    public Tensor Clone() => s_clone.Call(this).Tensor;

    /// <summary>The same values as another element type; itself if it has that type.</summary>
    public Tensor To(DType type) => s_toType.Call(this, type).Tensor;

    /// <summary>The same values on another device and of another type; itself if nothing changes.</summary>
    public Tensor To(Device device, DType type) => s_toDevice.Call(this, device, type).Tensor;

    /// <summary>Labels [N] as rows with a single 1: [N, classes] of Int64.</summary>
    public Tensor OneHot(int classes) => s_oneHot.Call(this, classes).Tensor;

    private static readonly Operator s_oneHot = Operator.Find("aten::one_hot", 2);
    private static readonly Operator s_reshape = Operator.Find("aten::reshape", 2);
    private static readonly Operator s_flatten = Operator.Find("aten::flatten.using_ints", 2);
    private static readonly Operator s_transpose = Operator.Find("aten::transpose.int", 3);
    private static readonly Operator s_permute = Operator.Find("aten::permute", 2);
    private static readonly Operator s_unsqueeze = Operator.Find("aten::unsqueeze", 2);
    private static readonly Operator s_squeeze = Operator.Find("aten::squeeze.dim", 2);
    private static readonly Operator s_narrow = Operator.Find("aten::narrow", 4);
    private static readonly Operator s_select = Operator.Find("aten::select.int", 3);
    private static readonly Operator s_concat = Operator.Find("aten::cat", 2);
    private static readonly Operator s_stack = Operator.Find("aten::stack", 2);
    private static readonly Operator s_expand = Operator.Find("aten::expand", 3);
    private static readonly Operator s_indexSelect = Operator.Find("aten::index_select", 3);
    private static readonly Operator s_gather = Operator.Find("aten::gather", 3);
    private static readonly Operator s_contiguous = Operator.Find("aten::contiguous", 2);
    private static readonly Operator s_clone = Operator.Find("aten::clone", 1);
    private static readonly Operator s_toType = Operator.Find("aten::to.dtype", 2);
    private static readonly Operator s_toDevice = Operator.Find("aten::to.device", 3);
}
