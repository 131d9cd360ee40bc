namespace Sagan.Tensors.Files;

/// <summary>A dictionary of numbers and numpy's arrays as the pickle that Python's own <c>pickle.load</c> reads where numpy is.</summary>
internal static class NumpyPickler
{
    // The first with bytes; Python reads it since 3.0.
    private const byte Protocol = 3;

    // Versions of numpy's own state tuples.
    private const int ArrayVersion = 1;
    private const int TypeVersion = 3;

    internal static ReadOnlyMemory<byte> Pickle(IEnumerable<KeyValuePair<string, object>> entries)
    {
        var pickle = new PickleWriter(Protocol);
        pickle.Op(PickleOp.EmptyDict);
        pickle.Op(PickleOp.Mark);
        foreach ((string key, object value) in entries)
        {
            pickle.Text(key);
            Value(pickle, value);
        }

        pickle.Op(PickleOp.SetItems);
        pickle.Op(PickleOp.Stop);
        return pickle.Code;
    }

    private static void Value(PickleWriter pickle, object value)
    {
        switch (value)
        {
            case bool truth: pickle.Bool(truth); break;
            case long number: pickle.Integer(number); break;
            case HostArray array: Array(pickle, array); break;
            case Array { Length: 0 }: pickle.Op(PickleOp.EmptyList); break;
            default: throw new ArgumentException($"A {value.GetType().Name} is no value of such a pickle.", nameof(value));
        }
    }

    /// <summary>A call of _reconstruct(ndarray, (0,), b'b'), and the state (version, shape, dtype, is Fortran, bytes) for it.</summary>
    private static void Array(PickleWriter pickle, HostArray array)
    {
        pickle.Global("numpy.core.multiarray", "_reconstruct");
        pickle.Global("numpy", "ndarray");
        pickle.Integers([0]);
        pickle.Bytes("b"u8);
        pickle.Op(PickleOp.Tuple3);
        pickle.Op(PickleOp.Reduce);

        pickle.Op(PickleOp.Mark);
        pickle.Integer(ArrayVersion);
        pickle.Integers(array.Shape);
        Type(pickle, array.DType);
        pickle.Bool(false);
        pickle.Bytes(array.Bytes);
        pickle.Op(PickleOp.Tuple);
        pickle.Op(PickleOp.Build);
    }

    /// <summary>A call of dtype(code, False, True), and the state (version, '&lt;', None, None, None, -1, -1, 0) for it.</summary>
    private static void Type(PickleWriter pickle, DType type)
    {
        pickle.Global("numpy", "dtype");
        pickle.Text(type switch
        {
            DType.Float64 => "f8",
            DType.Float32 => "f4",
            _ => throw new ArgumentException($"An array of {type} is no value of such a pickle.", nameof(type)),
        });
        pickle.Bool(false);
        pickle.Bool(true);
        pickle.Op(PickleOp.Tuple3);
        pickle.Op(PickleOp.Reduce);

        pickle.Op(PickleOp.Mark);
        pickle.Integer(TypeVersion);
        pickle.Text("<");
        for (int i = 0; i < 3; i++)
            pickle.Op(PickleOp.None);
        foreach (int state in (ReadOnlySpan<int>)[-1, -1, 0])
            pickle.Integer(state);
        pickle.Op(PickleOp.Tuple);
        pickle.Op(PickleOp.Build);
    }
}
