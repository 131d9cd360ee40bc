using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors.Tests.Native;

/// <summary>A shim that cannot be loaded says why, as when a library of CUDA is missing.</summary>
public class NativeLibraryResolverTests
{
    [Fact]
    public void The_loader_s_own_words_are_told_and_the_path_only_once()
    {
        string path = Path.Combine(Path.GetTempPath(), $"sagan-{Guid.NewGuid():N}.so");
        File.WriteAllBytes(path, new byte[4096]);

        try
        {
            var error = Assert.Throws<DllNotFoundException>(() => NativeLibrary.Load(path));
            string reason = NativeLibraryResolver.Reason(error, path);

            Assert.Contains($"{path}: {reason}", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("strace", reason, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_library_that_the_shim_needs_is_named()
    {
        const string Missing = "libcudnn.so.9: cannot open shared object file: No such file or directory";
        var error = new DllNotFoundException($"Unable to load shared library '/a/libsagan.so'. Try strace: \n{Missing}\n");

        string reason = NativeLibraryResolver.Reason(error, "/a/libsagan.so");

        Assert.Equal(Missing, reason);
    }
}
