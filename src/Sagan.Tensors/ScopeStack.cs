using System.Buffers;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>The scopes of one thread: one flat list of tensors with a mark for each open scope.</summary>
/// <remarks>A kept tensor slides below the closing scope's mark and so falls to the enclosing scope: no sets, no moves.</remarks>
internal sealed class ScopeStack
{
    /// <summary>Depth of tensors owned by a module, an optimizer or a slot: no scope frees them.</summary>
    internal const int Owned = 0;

    [ThreadStatic]
    private static ScopeStack? t_current;

    private Tensor[] _tensors = new Tensor[256];
    private int _count;
    private int[] _marks = new int[32];

    internal static ScopeStack Current => t_current ??= new ScopeStack();

    internal int Depth { get; private set; }

    internal static ScopeStack RequireOpen(Operator source)
    {
        ScopeStack stack = Current;
        if (stack.Depth == 0)
            ThrowNoScope(source.Name);
        return stack;
    }

    internal static void ThrowNoScope(string source) => throw new InvalidOperationException(
        $"{source}: no scope is open on this thread, so nobody would own the result; write `using var scope = Scope.Open();` first");

    internal static void KeepOutside(Tensor tensor, int depth)
    {
        if (depth == 1)
            throw new InvalidOperationException("Keep: this is the outermost scope of the thread; open one around it to keep tensors in");
        if (tensor.Depth >= depth)
            tensor.Depth = depth - 1;
    }

    internal int Open()
    {
        if (Depth == _marks.Length)
            Array.Resize(ref _marks, _marks.Length * 2);
        _marks[Depth++] = _count;
        return Depth;
    }

    /// <summary>Makes the managed tensor for a new native reference; it belongs to the innermost scope.</summary>
    internal Tensor Adopt(nint handle, Operator? origin)
    {
        var tensor = new Tensor(handle, origin, Depth);
        if (_count == _tensors.Length)
            Array.Resize(ref _tensors, _tensors.Length * 2);
        _tensors[_count++] = tensor;
        return tensor;
    }

    internal unsafe void Close(int depth)
    {
        if (depth != Depth)
            throw new InvalidOperationException($"A scope of depth {depth} was closed while depth {Depth} is open: scopes close in reverse order.");

        int mark = _marks[depth - 1];
        int made = _count - mark;
        Depth = depth - 1;
        if (made == 0)
            return;

        nint[]? rented = made <= 128 ? null : ArrayPool<nint>.Shared.Rent(made);
        Span<nint> dead = rented ?? stackalloc nint[128];
        int deadCount = 0;
        int kept = mark;
        for (int i = mark; i < _count; i++)
        {
            Tensor tensor = _tensors[i];
            if (tensor.Depth >= depth)
                dead[deadCount++] = tensor.Surrender();
            else if (tensor.Depth != Owned)
                _tensors[kept++] = tensor;
        }

        Array.Clear(_tensors, kept, _count - kept);
        _count = kept;
        fixed (nint* handles = dead)
            NativeMethods.sagan_tensor_free(handles, deadCount);
        Tensor.CountFreed(deadCount);
        if (rented is not null)
            ArrayPool<nint>.Shared.Return(rented);
    }
}
