using System.Runtime.InteropServices;
using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class ImagingLibrariesTests
{
    [Theory]
    [InlineData(ImagingLibraries.TurboJpeg)]
    [InlineData(ImagingLibraries.Spng)]
    public void A_candidate_of_this_platform_can_be_loaded(string library)
    {
        IReadOnlyList<string> candidates = ImagingLibraries.CandidatesFor(library);

        Assert.Contains(candidates, candidate => NativeLibrary.TryLoad(candidate, out _));
    }

    [Fact]
    public void Libraries_of_others_are_left_to_the_runtime() =>
        Assert.Empty(ImagingLibraries.CandidatesFor("libc"));
}
