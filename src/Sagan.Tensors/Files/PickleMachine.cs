using System.Runtime.InteropServices;

namespace Sagan.Tensors.Files;

/// <summary>
/// A pickle machine that can build containers and numbers and nothing else. A pickle is a program; this one knows
/// the opcodes of state dicts, and calls no function but the few that <see cref="TorchGlobals"/> imitates.
/// </summary>
/// <remarks>
/// Values: null, bool, long, double, string, <see cref="List{T}"/> for lists, arrays of objects for tuples,
/// <see cref="OrderedDictionary{TKey, TValue}"/> for dicts, and what <see cref="TorchGlobals"/> makes. The machine does not
/// recurse, and every opcode is paid for from a budget, so its memory is bounded by the file's length.
/// </remarks>
internal sealed class PickleMachine
{
    /// <summary>torch.save writes protocol 2; 5 is the newest there is.</summary>
    private const int NewestProtocol = 5;

    /// <summary>Longer than any name of a parameter. A key is hashed each time it is used, and a few bytes of pickle use it again.</summary>
    private const int MaxKey = 512;

    private static readonly object s_mark = new();

    private readonly PickleBytes _code;
    private readonly FilePlace _place;
    private readonly TorchGlobals _globals;
    private readonly PickleBudget _budget;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = new(PickleKeys.Seeded);

    private PickleMachine(PickleBytes code, TorchGlobals globals, PickleBudget budget)
    {
        _code = code;
        _place = code.Place;
        _globals = globals;
        _budget = budget;
    }

    /// <summary>Runs a pickle and returns what it leaves; <paramref name="code"/> stands behind it then.</summary>
    /// <exception cref="ArrayFileException">It is damaged, or asks for anything that a state dict does not need.</exception>
    internal static object? Run(PickleBytes code, TorchGlobals globals, PickleBudget budget)
    {
        var machine = new PickleMachine(code, globals, budget);
        var op = (PickleOp)machine._code.Byte();
        if (op != PickleOp.Protocol)
            throw code.Place.Wrong("does not begin with a pickle protocol of 2 or later");

        while (op != PickleOp.Stop)
        {
            machine.Step(op);
            op = (PickleOp)machine._code.Byte();
        }

        return machine.Pop();
    }

    private void Step(PickleOp op)
    {
        _budget.Spend(PickleBudget.Step);
        switch (op)
        {
            case PickleOp.Protocol: CheckProtocol(_code.Byte()); break;
            case PickleOp.Frame: _code.Take(sizeof(long)); break;
            case PickleOp.Mark: _stack.Add(s_mark); break;

            case PickleOp.None: _stack.Add(null); break;
            case PickleOp.NewTrue: _stack.Add(true); break;
            case PickleOp.NewFalse: _stack.Add(false); break;
            case PickleOp.BinInt: _stack.Add((long)_code.Int32()); break;
            case PickleOp.BinInt1: _stack.Add((long)_code.Byte()); break;
            case PickleOp.BinInt2: _stack.Add((long)_code.UInt16()); break;
            case PickleOp.Long1: _stack.Add(_code.Long(_code.Byte())); break;
            case PickleOp.BinFloat: _stack.Add(_code.Double()); break;
            case PickleOp.BinUnicode: AddText(_code.UInt32()); break;
            case PickleOp.ShortBinUnicode: AddText(_code.Byte()); break;
            case PickleOp.BinString: AddText(_code.UInt32()); break;
            case PickleOp.ShortBinString: AddText(_code.Byte()); break;
            case PickleOp.ShortBinBytes: _stack.Add(_code.Take(_code.Byte()).ToArray()); break;
            case PickleOp.BinBytes: _stack.Add(_code.Take(_code.UInt32()).ToArray()); break;
            case PickleOp.BinBytes8: _stack.Add(_code.Take(_code.Int64()).ToArray()); break;

            case PickleOp.EmptyTuple: _stack.Add(Array.Empty<object?>()); break;
            case PickleOp.Tuple1: _stack.Add(PopLast(1)); break;
            case PickleOp.Tuple2: _stack.Add(PopLast(2)); break;
            case PickleOp.Tuple3: _stack.Add(PopLast(3)); break;
            case PickleOp.Tuple: _stack.Add(PopToMark()); break;
            case PickleOp.EmptyList: AddContainer(new List<object?>()); break;
            case PickleOp.Append: Extend(PopLast(1)); break;
            case PickleOp.Appends: Extend(PopToMark()); break;
            case PickleOp.EmptyDict: AddContainer(new OrderedDictionary<object, object?>(PickleKeys.Seeded)); break;
            case PickleOp.SetItem: SetItems(PopLast(2)); break;
            case PickleOp.SetItems: SetItems(PopToMark()); break;

            case PickleOp.BinPut: Remember(_code.Byte()); break;
            case PickleOp.LongBinPut: Remember(_code.UInt32()); break;
            case PickleOp.Memoize: Remember((uint)_memo.Count); break;
            case PickleOp.BinGet: Recall(_code.Byte()); break;
            case PickleOp.LongBinGet: Recall(_code.UInt32()); break;

            case PickleOp.Global: AddContainer(_globals.Find(_code.Line(), _code.Line())); break;
            case PickleOp.StackGlobal: AddContainer(FindGlobal(PopLast(2))); break;
            case PickleOp.Reduce: Call(PopLast(2)); break;
            case PickleOp.Build: SetState(Pop()); break;
            case PickleOp.BinPersistentId: _stack.Add(_globals.Storage(Pop())); break;

            default:
                throw _place.Wrong($"opcode 0x{(byte)op:x2} at byte {_code.Position - 1} is not one that state dicts need; refused");
        }
    }

    private void CheckProtocol(byte version)
    {
        if (version is < 2 or > NewestProtocol)
            throw _place.Wrong($"pickle protocol {version} is not supported; known are 2 to {NewestProtocol}");
    }

    private void AddText(long length)
    {
        _code.Require(length);
        if (length > PickleText.Long)
        {
            AddContainer(new PickleText(_code.Slice(length)));
            return;
        }

        _budget.Spend(PickleBudget.TextByte, length);
        _stack.Add(_code.Text(length));
    }

    private void AddContainer(object container)
    {
        _budget.Spend(PickleBudget.Container);
        _stack.Add(container);
    }

    private void Extend(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw _place.Wrong($"append to something that is no list before byte {_code.Position}");

        _budget.Spend(PickleBudget.Slot, items.Length);
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not OrderedDictionary<object, object?> dict || items.Length % 2 != 0)
            throw _place.Wrong($"items set on something that is no dict before byte {_code.Position}");

        _budget.Spend(PickleBudget.Slot, items.Length);
        for (int i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long))
                throw _place.Wrong($"a dict key before byte {_code.Position} is neither a string nor an integer");
            if (items[i] is string { Length: > MaxKey })
                throw _place.Wrong($"a dict key before byte {_code.Position} is longer than {MaxKey} characters");

            dict[items[i]!] = items[i + 1];
        }
    }

    private void Remember(uint index)
    {
        _budget.Spend(PickleBudget.Slot);
        _memo[index] = Top();
        (Top() as PendingArray)?.Remembered.Add(index);
    }

    private void Recall(uint index)
    {
        if (!_memo.TryGetValue(index, out object? value))
            throw _place.Wrong($"recalls value {index} before byte {_code.Position}, which was never remembered");

        _stack.Add(value);
    }

    private TorchGlobal FindGlobal(object?[] names) => names is [string module, string name]
        ? _globals.Find(module, name)
        : throw _place.Wrong($"a global before byte {_code.Position} is not named by two strings");

    private void Call(object?[] call)
    {
        if (call is not [TorchGlobal callee, object?[] arguments])
            throw _place.Wrong($"a call before byte {_code.Position} of something that is no function; refused");

        foreach (object? argument in arguments)
        {
            _budget.Spend(PickleBudget.Slot, (argument as object?[])?.Length ?? 0);
            _budget.Spend(PickleBudget.Copy, (argument as string)?.Length ?? (argument as PickleText)?.Length ?? 0);
        }

        AddContainer(_globals.Call(callee, arguments));
    }

    /// <summary>
    /// What an array of numpy's is made of; or what no reader here needs: an OrderedDict's attributes, where torch keeps the
    /// versions of modules (<c>_metadata</c>), an old Parameter's three (requires_grad, volatile, hooks), or the layout of a
    /// number of numpy's.
    /// </summary>
    private void SetState(object? state)
    {
        switch (Top(), state)
        {
            case (PendingArray pending, object?[] content):
                Complete(pending, content);
                break;
            case (OrderedDictionary<object, object?>, OrderedDictionary<object, object?>):
            case (HostArray, object?[] and [bool, bool, null or OrderedDictionary<object, object?>]):
            case (NumpyElement, object?[] layout) when NumpyScalar.IsLittleEndian(layout):
                break;
            default:
                throw _place.Wrong($"state set before byte {_code.Position} on something that is no OrderedDict; refused");
        }
    }

    private void Complete(PendingArray pending, object?[] content)
    {
        if (content is [_, _, _, true, byte[] columns])
            _budget.Spend(PickleBudget.Copy, columns.Length);

        HostArray array = PendingArray.Build(content) ?? throw _place.Wrong($"the content of a numpy array before byte {_code.Position} does not fit its shape and type");
        _stack[^1] = array;
        foreach (uint index in pending.Remembered)
            _memo[index] = array;
    }

    private object? Top() => _stack.Count > 0 && _stack[^1] != s_mark ? _stack[^1] : throw Underflow();

    private object? Pop() => PopLast(1)[0];

    private object?[] PopLast(int count)
    {
        Span<object?> last = CollectionsMarshal.AsSpan(_stack);
        if (last.Length < count || last[^count..].IndexOf(s_mark) >= 0)
            throw Underflow();

        return Take(count);
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0)
            throw _place.Wrong($"a mark is missing before byte {_code.Position}");

        object?[] values = Take(_stack.Count - mark - 1);
        _stack.RemoveAt(mark);
        return values;
    }

    private object?[] Take(int count)
    {
        _budget.Spend(PickleBudget.Slot, 1 + count);
        object?[] values = CollectionsMarshal.AsSpan(_stack)[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private ArrayFileException Underflow() => _place.Wrong($"the stack runs dry before byte {_code.Position}");
}
