using System.Runtime.InteropServices;

namespace Sagan.Tensors.Native;

/// <summary>The C ABI of <c>native/sagan.h</c>, line by line.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>The version of the ABI that this file mirrors.</summary>
    internal const int Abi = 4;

    internal const string Library = "sagan";

    static NativeMethods() => NativeLibraryResolver.Install();

    [LibraryImport(Library)]
    internal static partial void sagan_build(NativeBuildInfo* info);

    [LibraryImport(Library)]
    internal static partial byte* sagan_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial NativeStatus sagan_operator_find(string name, string overload, out nint found);

    [LibraryImport(Library)]
    internal static partial byte* sagan_operator_schema(nint op);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_operator_call(
        nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int capacity, int* count);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_tensor_from_host(
        void* data, long bytes, int dtype, long* sizes, int rank, int deviceType, int deviceIndex, out nint made);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_tensor_over_host(
        void* data, long bytes, int dtype, long* sizes, int rank, delegate* unmanaged<void*, void> giveBack, void* context, out nint made);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_tensor_fill_from_host(nint tensor, void* data, long bytes);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_tensor_to_host(nint tensor, void* data, long bytes);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_tensor_describe(nint tensor, NativeTensorInfo* info);

    [LibraryImport(Library)]
    internal static partial void sagan_tensor_free(nint* tensors, int count);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_backward(
        nint* outputs, nint* gradients, int count, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_gradients(
        nint* outputs, nint* outputGradients, int outputCount, nint* inputs, int inputCount,
        int retainGraph, int createGraph, int allowUnused, nint* made);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_set_requires_grad(nint tensor, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_get_gradient(nint tensor, out nint gradient);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_set_gradient(nint tensor, nint gradient);

    [LibraryImport(Library)]
    internal static partial int sagan_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_generator_new(int deviceType, int deviceIndex, ulong seed, out nint made);

    [LibraryImport(Library)]
    internal static partial void sagan_generator_free(nint generator);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_generator_get_state(nint generator, out nint made);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int sagan_device_count(int deviceType);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_device_synchronize(int deviceType, int deviceIndex);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_device_memory(
        int deviceType, int deviceIndex, int resetPeak, NativeMemoryInfo* info);

    [LibraryImport(Library)]
    internal static partial int sagan_threads(int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial NativeStatus sagan_switch(string name, int enabled);

    [LibraryImport(Library)]
    internal static partial int sagan_graph_supported();

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_graph_begin(int deviceIndex, nint shared, out nint made);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_graph_end(nint graph);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_graph_replay(nint graph);

    [LibraryImport(Library)]
    internal static partial void sagan_graph_free(nint graph);

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_profile_begin();

    [LibraryImport(Library)]
    internal static partial NativeStatus sagan_profile_end(NativeProfile* profile);

    [LibraryImport(Library)]
    internal static partial long sagan_profile_clock();
}
