namespace Sagan.Tensors.Tests;

public class RandomSourceTests
{
    [Fact]
    public void A_restored_state_continues_with_the_same_numbers()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(7);
        Tensor.Normal([33], random);
        byte[] state = random.GetState();
        float[] expected = Tensor.Normal([100], random).ToArray<float>();

        using var other = new RandomSource(1);
        other.SetState(state);

        Assert.Equal(expected, Tensor.Normal([100], other).ToArray<float>());
    }

    [Fact]
    public void Seeds_tell_sources_apart()
    {
        using Scope scope = Scope.Open();
        using RandomSource one = new(1), two = new(2), again = new(1);

        float[] first = Tensor.Normal([8], one).ToArray<float>();

        Assert.NotEqual(first, Tensor.Normal([8], two).ToArray<float>());
        Assert.Equal(first, Tensor.Normal([8], again).ToArray<float>());
    }
}
