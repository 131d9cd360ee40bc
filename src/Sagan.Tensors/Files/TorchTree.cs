namespace Sagan.Tensors.Files;

/// <summary>
/// Walks what a pickle left. A few bytes of pickle can describe a list that contains itself, or one that doubles at
/// every level, so the walks have a depth and a budget.
/// </summary>
internal sealed class TorchTree
{
    /// <summary>Deeper than any checkpoint: optimizer state inside a checkpoint takes five.</summary>
    internal const int MaxDepth = 64;

    /// <summary>Values visited, counting a shared one every time.</summary>
    private const int MaxVisits = 250_000;

    /// <summary>Characters of a joined name; long keys at every level would multiply.</summary>
    private const int MaxName = 512;

    /// <summary>Characters of all names together, counting those of a shared tensor every time.</summary>
    private const int MaxNames = 4 << 20;

    /// <summary>Characters of an integer and its dot.</summary>
    private const int LongestIndex = 21;

    private readonly FilePlace _place;
    private readonly Action<string, HostArray> _found;
    private readonly List<object> _path = [];
    private int _visits;
    private int _nameLength;

    private TorchTree(FilePlace place, Action<string, HostArray> found)
    {
        _place = place;
        _found = found;
    }

    /// <summary>Checks that only values and containers are left, of reasonable depth and number.</summary>
    internal static void Check(object? root, FilePlace place) => new TorchTree(place, (_, _) => { }).Visit(root);

    /// <summary>All tensors under their paths: keys and indices joined with dots.</summary>
    internal static OrderedDictionary<string, HostArray> Flatten(object? root, FilePlace place)
    {
        var tensors = new OrderedDictionary<string, HostArray>();
        new TorchTree(place, Add).Visit(root);
        return tensors;

        void Add(string name, HostArray tensor)
        {
            if (!tensors.TryAdd(name, tensor))
                throw place.Wrong($"two tensors are called '{name}' once nested names are joined with dots");
        }
    }

    private void Visit(object? value)
    {
        if (_path.Count > MaxDepth)
            throw _place.Wrong($"containers are nested more than {MaxDepth} deep");
        if (++_visits > MaxVisits)
            throw _place.Wrong($"describes more than {MaxVisits} values");

        switch (value)
        {
            case HostArray tensor:
                _found(Name(), tensor);
                break;
            case IReadOnlyDictionary<object, object?> dict:
                foreach ((object key, object? item) in dict)
                    Descend(key, item);
                break;
            case IReadOnlyList<object?> list:
                for (int i = 0; i < list.Count; i++)
                    Descend(i, list[i]);
                break;
            case null or bool or long or double or string:
                break;
            default:
                throw _place.Wrong($"'{Name()}' is {Describe(value)}, not a tensor or a plain value; refused");
        }
    }

    private static string Describe(object value) => value switch
    {
        TorchGlobal named => named.Name,
        TorchStorage => "a bare storage",
        _ => "a string of bytes or a numpy type",
    };

    private void Descend(object key, object? item)
    {
        _path.Add(key);
        Visit(item);
        _path.RemoveAt(_path.Count - 1);
    }

    private string Name()
    {
        int length = _path.Sum(key => key is string text ? text.Length + 1 : LongestIndex);
        if (length > MaxName)
            throw _place.Wrong($"a name is longer than {MaxName} characters");
        if ((_nameLength += length) > MaxNames)
            throw _place.Wrong($"the names of its tensors take more than {MaxNames} characters");

        return string.Join('.', _path);
    }
}
