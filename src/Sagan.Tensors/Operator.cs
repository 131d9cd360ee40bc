using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>One operator of libtorch, looked up once by name and overload, called through the boxed dispatcher.</summary>
public sealed class Operator
{
    // The operators of this family take at most 13 arguments and return at most 5 values.
    private const int MostResults = 8;

    [ThreadStatic]
    private static OperatorObserver? t_observer;

    private nint _handle;

    private Operator(string name, int arity)
    {
        Name = name;
        Arity = arity;
    }

    /// <summary>Qualified name with the overload, as <c>aten::add.Tensor</c>.</summary>
    public string Name { get; }

    /// <summary>How many arguments its callers pass; the others take the schema's defaults.</summary>
    public int Arity { get; }

    /// <summary>The schema as libtorch prints it.</summary>
    /// <exception cref="MissingOperatorException">The linked libtorch has no such operator.</exception>
    public unsafe string Schema => Marshal.PtrToStringUTF8((nint)NativeMethods.sagan_operator_schema(Handle))!;

    /// <summary>Whether the linked libtorch has it.</summary>
    public bool Exists => _handle != 0 || TryResolve();

    /// <summary>Whether it is younger than the oldest libtorch that will do, so that its callers look whether it <see cref="Exists"/>.</summary>
    public bool IsYounger { get; private init; }

    /// <summary>Names an operator and how many arguments will be passed; resolved at the first call.</summary>
    public static Operator Find(string name, int arity) => new(name, arity);

    /// <summary>As <see cref="Find"/>, for an operator that older libtorches lack; there is a plain form for those.</summary>
    public static Operator FindYounger(string name, int arity) => new(name, arity) { IsYounger = true };

    /// <summary>Calls the operator; tensors in the results belong to the innermost scope of this thread.</summary>
    /// <exception cref="TorchException">libtorch refused; the message names the operator.</exception>
    /// <exception cref="InvalidOperationException">No scope is open on this thread.</exception>
    public unsafe Results Call(params ReadOnlySpan<Value> arguments)
    {
        ScopeStack scope = ScopeStack.RequireOpen(this);
        NativeValue* results = stackalloc NativeValue[MostResults];
        int count = 0;
        Invoke(arguments, results, &count);

        if (count == 1 && results->Tag == NativeTag.Tensor)
        {
            Tensor result = scope.Adopt(results->Pointer, this);
            t_observer?.Invoke(this, arguments, result);
            return new Results(this, result, null);
        }

        var values = new Value[count];
        for (int i = 0; i < count; i++)
            values[i] = Lift(results[i], scope);
        return new Results(this, null, values);
    }

    /// <summary>Calls an operator for its effect (in-place operators); what it returns is dropped.</summary>
    /// <exception cref="TorchException">libtorch refused; the message names the operator.</exception>
    public unsafe void Run(params ReadOnlySpan<Value> arguments) => Invoke(arguments, null, null);

    /// <summary>Who is told of every call on this thread that returns one tensor; null for nobody. For counting work, not for training.</summary>
    internal static OperatorObserver? Observer
    {
        get => t_observer;
        set => t_observer = value;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private nint Handle => _handle != 0 ? _handle : Resolve();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private nint Resolve() => TryResolve() ? _handle : throw new MissingOperatorException(Name);

    private bool TryResolve()
    {
        int dot = Name.IndexOf('.', StringComparison.Ordinal);
        (string name, string overload) = dot < 0 ? (Name, "") : (Name[..dot], Name[(dot + 1)..]);
        NativeStatus status = NativeMethods.sagan_operator_find(name, overload, out nint handle);
        if (status == NativeStatus.NotFound)
            return false;
        TorchException.ThrowIfFailed(status, Name);
        _handle = handle;
        return true;
    }

    private unsafe void Invoke(ReadOnlySpan<Value> arguments, NativeValue* results, int* count)
    {
        if (arguments.Length != Arity)
            throw new ArgumentException($"{Name} was declared with {Arity} arguments and called with {arguments.Length}.");

        nint handle = Handle;
        int listBytes = ListBytes(arguments);
        byte* lists = listBytes <= 1024 ? null : (byte*)NativeMemory.Alloc((nuint)listBytes);
        try
        {
            byte* local = stackalloc byte[lists == null ? Math.Max(listBytes, 1) : 1];
            NativeValue* lowered = stackalloc NativeValue[arguments.Length];
            Lower(arguments, lowered, lists == null ? local : lists);
            NativeStatus status = NativeMethods.sagan_operator_call(
                handle, lowered, arguments.Length, results, MostResults, count);
            TorchException.ThrowIfFailed(status, Name);
        }
        finally
        {
            NativeMemory.Free(lists);
        }
    }

    private static int ListBytes(ReadOnlySpan<Value> arguments)
    {
        int bytes = 0;
        foreach (ref readonly Value value in arguments)
        {
            if (value.Reference is null or Tensor)
                continue;
            bytes += value.Reference switch
            {
                string text => (Encoding.UTF8.GetByteCount(text) + 7) & ~7,
                Array list => list.Length * 8,
                _ => 0,
            };
        }

        return bytes;
    }

    private unsafe void Lower(ReadOnlySpan<Value> arguments, NativeValue* lowered, byte* lists)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly Value value = ref arguments[i];
            NativeValue* native = lowered + i;
            native->Tag = value.Tag;
            native->Count = 0;
            native->Integer = value.Bits;
            if (value.Tag == NativeTag.Tensor)
                native->Pointer = Unsafe.As<Tensor>(value.Reference!).HandleFor(this);
            else if (value.Tag == NativeTag.Generator)
                native->Pointer = Unsafe.As<RandomSource>(value.Reference!).Handle;
            else if (value.Reference is not null)
                lists = LowerList(value, native, lists);
        }
    }

    private unsafe byte* LowerList(in Value value, NativeValue* native, byte* lists)
    {
        native->Pointer = (nint)lists;
        switch (value.Reference)
        {
            case long[] integers:
                native->Count = integers.Length;
                integers.CopyTo(new Span<long>(lists, integers.Length));
                return lists + integers.Length * 8;
            case double[] reals:
                native->Count = reals.Length;
                reals.CopyTo(new Span<double>(lists, reals.Length));
                return lists + reals.Length * 8;
            case bool[] flags:
                native->Count = flags.Length;
                for (int i = 0; i < flags.Length; i++)
                    lists[i] = flags[i] ? (byte)1 : (byte)0;
                return lists + flags.Length * 8;
            case Tensor?[] tensors:
                native->Count = tensors.Length;
                for (int i = 0; i < tensors.Length; i++)
                    ((nint*)lists)[i] = tensors[i]?.HandleFor(this) ?? 0;
                return lists + tensors.Length * 8;
            case string text:
                native->Count = Encoding.UTF8.GetBytes(text, new Span<byte>(lists, Encoding.UTF8.GetByteCount(text)));
                return lists + ((native->Count + 7) & ~7);
            default:
                throw new NotSupportedException($"A {value.Reference!.GetType().Name} is no argument of an operator.");
        }
    }

    private unsafe Value Lift(in NativeValue native, ScopeStack scope)
    {
        switch (native.Tag)
        {
            case NativeTag.Tensor:
                return scope.Adopt(native.Pointer, this);
            case NativeTag.Text:
                return Encoding.UTF8.GetString((byte*)native.Pointer, native.Count);
            case NativeTag.Integers:
                return Value.OfList(native.Tag, new Span<long>((void*)native.Pointer, native.Count).ToArray());
            case NativeTag.Reals:
                return Value.OfList(native.Tag, new Span<double>((void*)native.Pointer, native.Count).ToArray());
            case NativeTag.Booleans:
                return Value.OfList(native.Tag, new Span<bool>((void*)native.Pointer, native.Count).ToArray());
            case NativeTag.Tensors:
                var tensors = new Tensor?[native.Count];
                for (int i = 0; i < tensors.Length; i++)
                {
                    nint handle = ((nint*)native.Pointer)[i];
                    tensors[i] = handle == 0 ? null : scope.Adopt(handle, this);
                }

                return tensors;
            default:
                return Value.OfResult(native.Tag, native.Integer);
        }
    }
}

/// <summary>The linked libtorch lacks an operator.</summary>
public sealed class MissingOperatorException : Exception
{
    /// <summary>Creates the exception for a qualified operator name.</summary>
    public MissingOperatorException(string name)
        : base($"{name}: the linked libtorch has no such operator; `sagan doctor` tells its version")
    {
    }
}
