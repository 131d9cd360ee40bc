using Sagan.Tensors.Native;

namespace Sagan.Tensors.Tests.Native;

public class StandInsTests
{
    // Under ./test, which makes them where libtorch is Debian's; elsewhere there are none, and nothing to see.
    [Fact]
    public void Beside_the_stand_ins_none_of_the_libraries_is_loaded_that_they_stand_for()
    {
        _ = Torch.Version;
        string[] files = [.. StandIns.Files];

        // Empty libraries have nothing to run, so they are no modules of the process by .NET's count.
        string[] mapped = files is [] ? [] : [.. File.ReadLines("/proc/self/maps").Select(line => line[(line.IndexOf('/') + 1)..]).Distinct().Select(path => "/" + path)];

        Assert.All(files, file => Assert.Equal([file], mapped.Where(path => Name(path) == Name(file))));

        // Files carry versions of their own: libopencv_core.so.406 leads to libopencv_core.so.4.6.0.
        static string Name(string path) => Path.GetFileName(path).Split(".so")[0];
    }

    [Fact]
    public void What_is_no_library_is_done_without()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "no library");

        StandIns.Load([file, file + ".missing"]);

        File.Delete(file);
    }
}
