using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class NumpyRandomTests
{
    [Theory]
    [InlineData(2020u, 12, new[] { 2, 1, 11, 4, 10, 5, 7, 9, 6, 3, 8, 0 })]
    [InlineData(0u, 1000, new[] { 993, 859, 298, 553, 672 })]
    [InlineData(uint.MaxValue, 7, new[] { 1, 5, 0, 6, 4, 2, 3 })]
    public void Permutations_are_numpys(uint seed, int count, int[] first)
    {
        int[] permutation = new NumpyRandom(seed).Permutation(count);

        Assert.Equal(first, permutation[..first.Length]);
        Assert.Equal(Enumerable.Range(0, count), permutation.Order());
    }
}
