using Sagan.Tensors.Functional;

namespace Sagan.Tensors.Tests;

public class SamplingTests
{
    [Fact]
    public void Rows_and_columns_are_rearranged_for_each_picture_by_itself()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8], 2, 1, 2, 2);

        Tensor changed = Sampling.Rearrange(x, Tensor.From([1L, 0, 0, 0], 2, 2), Tensor.From([0L, 1, 1, 1, 1, 0], 2, 3));

        Assert.Equal([2, 1, 2, 3], changed.Shape.ToArray());
        Assert.Equal([3f, 4, 4, 1, 2, 2, 6, 6, 5, 6, 6, 5], changed.ToArray<float>());
    }

    [Fact]
    public void Bilinear_values_lie_between_pixels_and_zeros_beyond_the_edge()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([0f, 4, 8, 20], 1, 1, 2, 2);

        // Pixel middles are at -0.5 and 0.5: the middle of all, one pixel's own, half a pixel out, and far away.
        Tensor grid = Tensor.From([0f, 0, 0.5f, -0.5f, 1, 0.5f, 9, 9], 1, 1, 4, 2);

        Assert.Equal([8f, 4, 10, 0], Sampling.Bilinear(x, grid).ToArray<float>());
    }

    [Fact]
    public void The_identity_map_reads_every_pixel_where_it_is()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        Tensor x = Tensor.Normal([2, 3, 5, 7], random);
        Tensor identity = Tensor.From([1f, 0, 0, 0, 1, 0], 1, 2, 3).Expand(2, 2, 3);

        Tensor read = Sampling.Bilinear(x, Sampling.AffineGrid(identity, 5, 7));

        Assert.True((read - x).Abs().Max().Item() < 1e-5);
    }
}
