namespace Sagan.Tensors.Tests;

public class ActivationTests
{
    [Fact]
    public void Leaky_ReLU_keeps_what_is_positive_and_shrinks_the_rest()
    {
        using Scope scope = Scope.Open();

        float[] y = Tensor.From([-2f, 0, 3], 3).LeakyRelu(0.1).ToArray<float>();

        Assert.Equal([-0.2f, 0, 3], y);
    }
}
