using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>The allow-list: every Python name that a torch archive or a pickle of arrays may mention, and what calling it means here. Nothing else is ever looked up.</summary>
internal sealed class TorchGlobals(ITorchStorages storages, FilePlace place)
{
    private static readonly Dictionary<string, TorchGlobal> s_known = ((TorchGlobal[])
    [
        new("collections.OrderedDict", TorchGlobalKind.OrderedDict),
        new("torch.Size", TorchGlobalKind.Size),
        new("torch._utils._rebuild_tensor_v2", TorchGlobalKind.Tensor),
        new("torch._utils._rebuild_tensor", TorchGlobalKind.OldTensor),
        new("torch._utils._rebuild_parameter", TorchGlobalKind.Parameter),
        new("torch.nn.parameter.Parameter", TorchGlobalKind.Parameter),
        new("numpy.core.multiarray.scalar", TorchGlobalKind.NumpyScalar),
        new("numpy._core.multiarray.scalar", TorchGlobalKind.NumpyScalar),
        new("numpy.core.multiarray._reconstruct", TorchGlobalKind.NumpyArray),
        new("numpy._core.multiarray._reconstruct", TorchGlobalKind.NumpyArray),
        new("numpy.ndarray", TorchGlobalKind.NumpyClass),
        new("numpy.dtype", TorchGlobalKind.NumpyElement),
        new("_codecs.encode", TorchGlobalKind.Encode),
        .. TorchStorageType.Names.Select(item => new TorchGlobal($"{TorchStorageType.Module}.{item.Value}", TorchGlobalKind.Storage, item.Key)),
    ]).ToDictionary(known => known.Name);

    /// <summary>Keys of storages are short numbers.</summary>
    private const int MaxKey = 64;

    private readonly List<Action> _copies = [];

    /// <summary>Bytes that may still be copied out of strided views: no more than the archive holds.</summary>
    private long _copyBudget = storages.TotalBytes;

    /// <summary>Looks up a name.</summary>
    /// <exception cref="ArrayFileException">It is not on the list; nothing was run.</exception>
    internal TorchGlobal Find(string module, string name)
    {
        string full = $"{module}.{name}";
        return s_known.TryGetValue(full, out TorchGlobal? known)
            ? known
            : throw place.Wrong($"refers to '{full}', which is not a tensor or a plain container; refused, nothing was run; save the state_dict alone");
    }

    /// <summary>
    /// Resolves a persistent id: ('storage', type, key, location, number of elements), in the older format with a sixth
    /// part, None or the part of the storage that is meant: (its key, its first element, its number of elements).
    /// </summary>
    internal TorchStorage Storage(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", TorchGlobal { Kind: TorchGlobalKind.Storage } type, string { Length: <= MaxKey } key, string, long elements, .. object?[] part])
            throw place.Wrong("a persistent id is not ('storage', type, key, location, number of elements)");

        TorchStorage storage = storages.Get(key, type.Type, elements);
        return part switch
        {
            [] or [null] => storage,
            [object?[] and [string, long first, long count]] => storage.Part(first, count) ?? throw place.Wrong($"elements {first} to {first} + {count} of storage '{key}' lie outside its {elements}"),
            _ => throw place.Wrong("the part of a storage is not (key, first element, number of elements)"),
        };
    }

    /// <summary>Imitates the call of a name on the list.</summary>
    internal object Call(TorchGlobal callee, object?[] arguments) => callee.Kind switch
    {
        TorchGlobalKind.OrderedDict when arguments is [] => new OrderedDictionary<object, object?>(PickleKeys.Seeded),
        TorchGlobalKind.Size when arguments is [object?[] { Length: <= Extent.MaxRank } sizes] && sizes.All(size => size is long) => sizes,
        TorchGlobalKind.Tensor when arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, .. object?[] marks] && IsPlain(marks) => Tensor(storage, offset, shape, strides),
        TorchGlobalKind.OldTensor when arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides] => Tensor(storage, offset, shape, strides),
        TorchGlobalKind.Parameter when arguments is [HostArray tensor, ..] => tensor,
        TorchGlobalKind.NumpyScalar when arguments is [NumpyElement element, byte[] bytes] && NumpyScalar.Read(element, bytes) is { } number => number,
        TorchGlobalKind.NumpyElement when arguments is [string name, bool, bool] && NumpyScalar.Element(name) is { } element => element,
        TorchGlobalKind.NumpyArray when arguments is [TorchGlobal { Kind: TorchGlobalKind.NumpyClass }, object?[] and [0L], byte[]] => new PendingArray(),
        TorchGlobalKind.Encode when arguments is [string text, "latin1"] => Encoding.Latin1.GetBytes(text),
        TorchGlobalKind.Encode when arguments is [PickleText text, "latin1"] && text.ToLatin1() is { } bytes => bytes,
        _ => throw place.Wrong($"calls '{callee.Name}' with arguments that torch.save never writes; refused"),
    };

    /// <summary>Fills the tensors that are strided views, once the storages have their bytes.</summary>
    internal void CopyViews() => _copies.ForEach(copy => copy());

    /// <summary>A seventh argument says that the values are to be negated or conjugated; reading past it would change them.</summary>
    private static bool IsPlain(object?[] marks) => marks is [] or [null] or [OrderedDictionary<object, object?> { Count: 0 }];

    private HostArray Tensor(TorchStorage storage, long offset, object?[] shape, object?[] strides)
    {
        long[] sizes = Integers(shape, storage);
        if (!StridedView.TryCreate(storage.Elements, offset, sizes, Integers(strides, storage), out StridedView? view, out string problem))
            throw Wrong(storage, problem);

        int size = storage.Type.Size();
        if (view!.IsContiguous)
            return new HostArray(storage.Type, sizes, view.Slice(storage.Bytes, size));

        Spend(view.Count, storage);
        var elements = new byte[view.Count * size];
        _copies.Add(() => view.CopyTo(storage.Bytes.Span, size, elements));
        return new HostArray(storage.Type, sizes, elements);
    }

    /// <summary>A view may repeat elements (stride 0), so that a small file could ask for any amount of memory.</summary>
    private void Spend(long count, TorchStorage storage)
    {
        int size = storage.Type.Size();
        if (count > Math.Min(_copyBudget, Array.MaxLength) / size)
            throw Wrong(storage, $"strided views would copy out more than the {storages.TotalBytes} bytes that the archive holds");

        _copyBudget -= count * size;
    }

    private long[] Integers(object?[] items, TorchStorage storage) =>
        items.Length <= Extent.MaxRank && items.All(item => item is long)
            ? [.. items.Cast<long>()]
            : throw Wrong(storage, $"its shape and stride must be integers, {Extent.MaxRank} at most");

    private ArrayFileException Wrong(TorchStorage storage, string problem) =>
        (place with { Place = $"{place.Place}, tensor of storage '{storage.Key}'" }).Wrong(problem);
}
