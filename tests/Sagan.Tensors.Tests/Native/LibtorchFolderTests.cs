using Sagan.Tensors.Native;

namespace Sagan.Tensors.Tests.Native;

/// <summary>A libtorch in a folder of its own is taken only where it is the one that the shim was built for.</summary>
public sealed class LibtorchFolderTests
{
    private static readonly string s_shim = Path.Combine(AppContext.BaseDirectory, NativeLibraryResolver.FileName);

    [Fact]
    public void A_shim_tells_by_which_names_it_calls_libtorch()
    {
        byte[] shim = [1, 2, 0, .. "libtorch_cpu.so.1.13"u8, 0, .. "libc10.so"u8, 0, .. "xlibtorch.so"u8, 0];

        Assert.Equal("libtorch_cpu.so.1.13", LibtorchFolder.NeededName(shim, "libtorch_cpu.so"));
        Assert.Equal("libc10.so", LibtorchFolder.NeededName(shim, "libc10.so"));
        Assert.Null(LibtorchFolder.NeededName(shim, "libtorch.so"));
        Assert.Null(LibtorchFolder.NeededName(shim, "libtorch_cuda.so"));
    }

    [Fact]
    public void Another_libtorch_is_refused_by_the_name_that_it_lacks()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("sagan-libtorch-");

        try
        {
            var error = Assert.Throws<DllNotFoundException>(() => new LibtorchFolder(empty.FullName).LoadFor(s_shim));

            Assert.Contains($"SAGAN_LIBTORCH={empty.FullName} has no lib", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            empty.Delete();
        }
    }

    [Fact]
    public void The_libtorch_that_is_in_use_is_accepted()
    {
        string name = LibtorchFolder.NeededName(File.ReadAllBytes(s_shim), "libtorch_cpu.so")!;
        _ = Torch.Version;
        string loaded = File.ReadLines("/proc/self/maps").First(line => line.Contains("libtorch_cpu.so", StringComparison.Ordinal));
        string library = Path.GetDirectoryName(loaded[loaded.IndexOf('/', StringComparison.Ordinal)..])!;

        new LibtorchFolder(library).LoadFor(s_shim);

        Assert.True(File.Exists(Path.Combine(library, name)));
    }
}
