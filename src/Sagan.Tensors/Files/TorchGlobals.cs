namespace Sagan.Tensors.Files;

/// <summary>The allow-list: every Python name that a torch archive may mention, and what calling it means here. Nothing else is ever looked up.</summary>
internal sealed class TorchGlobals(TorchStorages storages, FilePlace place)
{
    private static readonly Dictionary<string, TorchGlobal> s_known = new TorchGlobal[]
    {
        new("collections.OrderedDict", TorchGlobalKind.OrderedDict),
        new("torch.Size", TorchGlobalKind.Size),
        new("torch._utils._rebuild_tensor_v2", TorchGlobalKind.Tensor),
        new("torch._utils._rebuild_parameter", TorchGlobalKind.Parameter),
        new("torch.FloatStorage", TorchGlobalKind.Storage, DType.Float32),
        new("torch.DoubleStorage", TorchGlobalKind.Storage, DType.Float64),
        new("torch.HalfStorage", TorchGlobalKind.Storage, DType.Float16),
        new("torch.BFloat16Storage", TorchGlobalKind.Storage, DType.BFloat16),
        new("torch.LongStorage", TorchGlobalKind.Storage, DType.Int64),
        new("torch.IntStorage", TorchGlobalKind.Storage, DType.Int32),
        new("torch.ShortStorage", TorchGlobalKind.Storage, DType.Int16),
        new("torch.CharStorage", TorchGlobalKind.Storage, DType.Int8),
        new("torch.ByteStorage", TorchGlobalKind.Storage, DType.UInt8),
        new("torch.BoolStorage", TorchGlobalKind.Storage, DType.Bool),
    }.ToDictionary(known => known.Name);

    /// <summary>Bytes that may still be copied out of strided views: no more than the archive holds.</summary>
    private long _copyBudget = storages.TotalBytes;

    /// <summary>Looks up a name.</summary>
    /// <exception cref="ArrayFileException">It is not on the list; nothing was run.</exception>
    internal TorchGlobal Find(string module, string name)
    {
        string full = $"{module}.{name}";
        return s_known.TryGetValue(full, out TorchGlobal? known)
            ? known
            : throw place.Wrong($"refers to '{full}', which is not a tensor or a plain container; refused, nothing was run");
    }

    /// <summary>Resolves a persistent id: ('storage', type, key, location, number of elements).</summary>
    internal TorchStorage Storage(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", TorchGlobal { Kind: TorchGlobalKind.Storage } type, string key, string, long elements])
            throw place.Wrong("a persistent id is not ('storage', type, key, location, number of elements)");

        return storages.Get(key, type.Type, elements);
    }

    /// <summary>Imitates the call of a name on the list.</summary>
    internal object Call(TorchGlobal callee, object?[] arguments) => callee.Kind switch
    {
        TorchGlobalKind.OrderedDict when arguments is [] => new OrderedDictionary<object, object?>(),
        TorchGlobalKind.Size when arguments is [object?[] sizes] && sizes.All(size => size is long) => sizes,
        TorchGlobalKind.Tensor when arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, .. object?[] marks] && IsPlain(marks) => Tensor(storage, offset, shape, strides),
        TorchGlobalKind.Parameter when arguments is [HostArray tensor, _, _] => tensor,
        _ => throw place.Wrong($"calls '{callee.Name}' with arguments that torch.save never writes; refused"),
    };

    /// <summary>A seventh argument says that the values are to be negated or conjugated; reading past it would change them.</summary>
    private static bool IsPlain(object?[] marks) => marks is [] or [null] or [OrderedDictionary<object, object?> { Count: 0 }];

    private HostArray Tensor(TorchStorage storage, long offset, object?[] shape, object?[] strides)
    {
        FilePlace here = place with { Place = $"{place.Place}, tensor of storage '{storage.Key}'" };
        long[] sizes = Integers(shape, here);
        if (!StridedView.TryCreate(storage.Elements, offset, sizes, Integers(strides, here), out StridedView? view, out string problem))
            throw here.Wrong(problem);

        if (!view!.IsContiguous)
            Spend(view.Count, storage.Type, here);

        return new HostArray(storage.Type, sizes, view.Gather(storage.Bytes, storage.Type.Size()));
    }

    /// <summary>A view may repeat elements (stride 0), so that a small file could ask for any amount of memory.</summary>
    private void Spend(long count, DType type, FilePlace here)
    {
        if (count > _copyBudget / type.Size())
            throw here.Wrong($"strided views would copy out more than the {storages.TotalBytes} bytes that the archive holds");

        _copyBudget -= count * type.Size();
    }

    private static long[] Integers(object?[] items, FilePlace here) =>
        items.All(item => item is long) ? [.. items.Cast<long>()] : throw here.Wrong("its shape and stride must be integers");
}
