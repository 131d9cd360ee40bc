using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>Gradients.</summary>
public static class Autograd
{
    /// <summary>Adds the gradients of a scalar to every leaf that asks for one.</summary>
    public static unsafe void Backward(Tensor loss, bool retainGraph = false, bool createGraph = false)
    {
        nint output = loss.Handle;
        TorchException.ThrowIfFailed(
            NativeMethods.sagan_backward(&output, null, 1, retainGraph ? 1 : 0, createGraph ? 1 : 0), "backward");
    }

    /// <summary>Gradients of a tensor with regard to others, without touching the gradients stored in leaves.</summary>
    /// <param name="output">What is differentiated; a scalar unless <paramref name="outputGradient"/> is given.</param>
    /// <param name="inputs">With regard to what.</param>
    /// <param name="outputGradient">Weights of the output's elements.</param>
    /// <param name="createGraph">True to differentiate the result again (gradient penalties).</param>
    /// <param name="retainGraph">True to go backward through the same graph again.</param>
    /// <returns>One gradient an input, in the innermost scope.</returns>
    public static unsafe Tensor[] Gradients(
        Tensor output, ReadOnlySpan<Tensor> inputs, Tensor? outputGradient = null, bool createGraph = false, bool retainGraph = false)
    {
        ScopeStack scope = ScopeStack.Current;
        if (scope.Depth == 0)
            ScopeStack.ThrowNoScope("gradients");

        nint outputHandle = output.Handle;
        nint gradientHandle = outputGradient?.Handle ?? 0;
        var handles = new nint[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            handles[i] = inputs[i].Handle;
        var made = new nint[inputs.Length];
        fixed (nint* inputHandles = handles)
        fixed (nint* madeHandles = made)
        {
            TorchException.ThrowIfFailed(
                NativeMethods.sagan_gradients(
                    &outputHandle, outputGradient is null ? null : &gradientHandle, 1, inputHandles, inputs.Length,
                    createGraph || retainGraph ? 1 : 0, createGraph ? 1 : 0, 0, madeHandles),
                "gradients");
        }

        return Array.ConvertAll(made, handle => scope.Adopt(handle, null));
    }

    /// <summary>Until disposed, this thread's operators record nothing for gradients.</summary>
    public static GradMode NoGrad() => new(enabled: false);

    /// <summary>Until disposed, this thread's operators record for gradients.</summary>
    public static GradMode WithGrad() => new(enabled: true);
}

/// <summary>A change of this thread's gradient recording; disposing restores the former state.</summary>
public readonly ref struct GradMode : IDisposable
{
    private readonly int _former;

    internal GradMode(bool enabled) => _former = NativeMethods.sagan_grad_mode(enabled ? 1 : 0);

    /// <summary>True while operators of this thread record.</summary>
    public static bool IsEnabled => NativeMethods.sagan_grad_mode(-1) != 0;

    /// <summary>Restores the former state.</summary>
    public void Dispose() => _ = NativeMethods.sagan_grad_mode(_former);
}
