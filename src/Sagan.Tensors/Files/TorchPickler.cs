using System.Collections;

namespace Sagan.Tensors.Files;

/// <summary>Turns a tree of values into the pickle of a torch file, and collects the arrays that become its storages.</summary>
internal sealed class TorchPickler
{
    private readonly PickleWriter _pickle = new();
    private readonly List<StreamedArray> _storages = [];
    private readonly Dictionary<object, int> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _path = [];

    private TorchPickler()
    {
    }

    /// <summary>Pickles a value; storage "0" is the first of the arrays, and so on.</summary>
    /// <exception cref="ArgumentException">The value holds something that a torch file cannot.</exception>
    internal static (ReadOnlyMemory<byte> Pickle, IReadOnlyList<StreamedArray> Storages) Pickle(object? root)
    {
        var pickler = new TorchPickler();
        pickler.Value(root);
        pickler._pickle.Op(PickleOp.Stop);
        return (pickler._pickle.Code, pickler._storages);
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null: _pickle.Op(PickleOp.None); break;
            case bool truth: _pickle.Bool(truth); break;
            case int number: _pickle.Integer(number); break;
            case long number: _pickle.Integer(number); break;
            case double number: _pickle.Real(number); break;
            case string text: _pickle.Text(text); break;
            case HostArray array: Tensor(array, array.DType, array.Shape); break;
            case StreamedArray array: Tensor(array, array.DType, array.Shape); break;
            case IDictionary dict: Dict(dict); break;
            case IReadOnlyList<object?> list: List(list); break;
            default: throw new ArgumentException($"{Place()} is {value.GetType().Name}, which a torch file cannot hold.");
        }
    }

    private void Dict(IDictionary dict)
    {
        _pickle.OrderedDict();
        _pickle.Op(PickleOp.Mark);
        foreach (DictionaryEntry item in dict)
        {
            if (item.Key is not (string or int or long))
                throw new ArgumentException($"{Place()} has the key {item.Key}; keys are strings or integers.");

            Value(item.Key);
            Descend(item.Key, item.Value);
        }

        _pickle.Op(PickleOp.SetItems);
    }

    private void List(IReadOnlyList<object?> list)
    {
        _pickle.Op(PickleOp.EmptyList);
        _pickle.Op(PickleOp.Mark);
        for (int i = 0; i < list.Count; i++)
            Descend(i, list[i]);
        _pickle.Op(PickleOp.Appends);
    }

    /// <summary>A call of torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks).</summary>
    private void Tensor(object array, DType type, ReadOnlySpan<long> shape)
    {
        _pickle.Global("torch._utils", "_rebuild_tensor_v2");
        _pickle.Op(PickleOp.Mark);
        Storage(array, type, shape);
        _pickle.Integer(0);
        _pickle.Integers(shape);
        _pickle.Integers(Strides(shape));
        _pickle.Bool(false);
        _pickle.OrderedDict();
        _pickle.Op(PickleOp.Tuple);
        _pickle.Op(PickleOp.Reduce);
    }

    /// <summary>The persistent id of an array's storage. One array under two names is stored once, as torch stores tied weights.</summary>
    private void Storage(object array, DType type, ReadOnlySpan<long> shape)
    {
        if (!_keys.TryGetValue(array, out int key))
        {
            _keys.Add(array, key = _storages.Count);
            _storages.Add(array as StreamedArray ?? new StreamedArray((HostArray)array));
        }

        Extent.TryCount(shape, out long count, out _);
        _pickle.Op(PickleOp.Mark);
        _pickle.Text("storage");
        _pickle.Global(TorchStorageType.Module, TorchStorageType.Names[type]);
        _pickle.Text($"{key}");
        _pickle.Text("cpu");
        _pickle.Integer(count);
        _pickle.Op(PickleOp.Tuple);
        _pickle.Op(PickleOp.BinPersistentId);
    }

    /// <summary>The strides of C order as torch counts them, an empty axis as one.</summary>
    private static long[] Strides(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }

        return strides;
    }

    private void Descend(object key, object? value)
    {
        if (_path.Count == TorchTree.MaxDepth)
            throw new ArgumentException($"{Place()} is nested more than {TorchTree.MaxDepth} deep.");

        _path.Add(key);
        Value(value);
        _path.RemoveAt(_path.Count - 1);
    }

    private string Place() => _path.Count > 0 ? $"'{string.Join('.', _path)}'" : "The value";
}
