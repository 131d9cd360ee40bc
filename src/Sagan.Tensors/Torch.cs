using System.Globalization;
using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>The linked libtorch as a whole: version, threads, switches.</summary>
public static class Torch
{
    /// <summary>Version the shim was built against, for instance <c>1.13.0</c>.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)Build().TorchVersion)!;

    /// <summary>Whether libtorch is a CUDA build.</summary>
    public static bool IsCudaBuild => Build().Cuda != 0;

    /// <summary>Threads that one operator may use on the host.</summary>
    public static int Threads
    {
        get => NativeMethods.sagan_threads(0);
        set => _ = NativeMethods.sagan_threads(value);
    }

    /// <summary>Whether operators without a deterministic implementation are refused.</summary>
    public static void SetDeterministic(bool enabled) => Switch("deterministic", enabled);

    /// <summary>Whether cuDNN times its algorithms and keeps the fastest; not deterministic.</summary>
    public static void SetCudnnBenchmark(bool enabled) => Switch("cudnn_benchmark", enabled);

    /// <summary>Whether matrix products and convolutions on a GPU may round their inputs to 10 bits of fraction.</summary>
    public static void SetTf32(bool enabled) => Switch("tf32", enabled);

    /// <summary>Whether this thread treats denormal numbers as zero; they can slow training on the host.</summary>
    public static void SetFlushDenormal(bool enabled) => Switch("flush_denormal", enabled);

    /// <summary>
    /// Whether work on a GPU goes ways that none has gone yet: uploads that do not wait, libtorch's fused Adam and its own attention.
    /// For the process; off by default.
    /// </summary>
    public static bool GpuShortcuts
    {
        get => s_gpuShortcuts;
        set
        {
            Switch("gpu_shortcuts", value);
            s_gpuShortcuts = value;
        }
    }

    /// <summary>Where the shim was looked for and what came of it.</summary>
    public static IReadOnlyList<string> LoadAttempts => NativeLibraryResolver.Attempts;

    /// <summary>
    /// Begins to load libtorch on a thread of its own, which takes a third of a second and more: whoever will need it can do
    /// something else meanwhile, and waits at its first call. What goes wrong is thrown there, too.
    /// </summary>
    public static void LoadAhead() => LibraryLoading.Begin();

    internal static unsafe NativeBuildInfo Build()
    {
        NativeBuildInfo info;
        NativeMethods.sagan_build(&info);
        if (info.Abi != NativeMethods.Abi)
            throw new InvalidOperationException($"The native shim speaks version {info.Abi} of the border and this program version {NativeMethods.Abi}; build the shim again (`./sagan` does so by itself).");
        return info;
    }

    private static volatile bool s_gpuShortcuts;

    internal static bool IsAtLeast(int major, int minor)
    {
        string[] parts = Version.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)).CompareTo((major, minor)) >= 0;
    }

    private static void Switch(string name, bool enabled) =>
        TorchException.ThrowIfFailed(NativeMethods.sagan_switch(name, enabled ? 1 : 0), name);
}
