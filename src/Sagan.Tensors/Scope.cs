namespace Sagan.Tensors;

/// <summary>The tensors made while it is open die when it closes, except those it was told to keep.</summary>
/// <remarks>
/// A <c>ref struct</c>: it cannot be stored, captured, cross an <c>await</c> or change threads, so scopes of a thread nest
/// like the blocks of the program. See <c>docs/memory.md</c>.
/// </remarks>
public readonly ref struct Scope : IDisposable
{
    private readonly ScopeStack _stack;
    private readonly int _depth;

    private Scope(ScopeStack stack)
    {
        _stack = stack;
        _depth = stack.Open();
    }

    /// <summary>Scopes open on this thread.</summary>
    public static int Depth => ScopeStack.Current.Depth;

    /// <summary>Opens a scope inside the innermost one of this thread.</summary>
    public static Scope Open() => new(ScopeStack.Current);

    /// <summary>Hands a tensor to the enclosing scope; nothing happens if it lives further out already.</summary>
    /// <exception cref="InvalidOperationException">There is no enclosing scope.</exception>
    public Tensor Keep(Tensor tensor)
    {
        ScopeStack.KeepOutside(tensor, _depth);
        return tensor;
    }

    /// <summary>Frees everything that was made and not kept, in one native call.</summary>
    public void Dispose() => _stack.Close(_depth);
}
