namespace Sagan.Tensors.Files;

/// <summary>A Python name that a torch archive may mention.</summary>
/// <param name="Name">The full name, such as torch._utils._rebuild_tensor_v2.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Type">The element type, of storages only.</param>
internal sealed record TorchGlobal(string Name, TorchGlobalKind Kind, DType Type = default);

/// <summary>What a <see cref="TorchGlobal"/> stands for.</summary>
internal enum TorchGlobalKind
{
    /// <summary>collections.OrderedDict.</summary>
    OrderedDict,

    /// <summary>torch.Size, a tuple of sizes.</summary>
    Size,

    /// <summary>torch._utils._rebuild_tensor_v2: a strided view of a storage.</summary>
    Tensor,

    /// <summary>torch._utils._rebuild_tensor, of versions before 0.4: the same without what regards gradients.</summary>
    OldTensor,

    /// <summary>torch._utils._rebuild_parameter, or before 0.4 the class itself: a tensor that is trained.</summary>
    Parameter,

    /// <summary>numpy.core.multiarray.scalar: a number of numpy's.</summary>
    NumpyScalar,

    /// <summary>numpy.dtype: the type of such a number.</summary>
    NumpyElement,

    /// <summary>numpy.core.multiarray._reconstruct: an array of numpy's, still empty.</summary>
    NumpyArray,

    /// <summary>numpy.ndarray: the class of such an array, never called.</summary>
    NumpyClass,

    /// <summary>_codecs.encode: how protocol 2 writes bytes.</summary>
    Encode,

    /// <summary>torch.FloatStorage and its kin: the name of an element type, never called.</summary>
    Storage,
}
