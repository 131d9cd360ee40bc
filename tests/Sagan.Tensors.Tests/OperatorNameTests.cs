namespace Sagan.Tensors.Tests;

/// <summary>What operators and nodes are called in profiles.</summary>
public sealed class OperatorNameTests
{
    private const string Stretch = "autograd::engine::evaluate_function: ";

    [Theory]
    [InlineData("torch::autograd::CppNode<sagan::ops::(anonymous namespace)::ConditionalNorm>", "ConditionalNormBackward")]
    [InlineData("torch::autograd::CppNode<Plain>", "PlainBackward")]
    [InlineData("torch::autograd::CppNode<sagan::ops::norm(at::Tensor const&)::Inner>", "InnerBackward")]
    [InlineData("torch::autograd::CppNode<sagan::ops::Norm<sagan::ops::Rows<float> > >", "NormBackward")]
    public void A_node_that_is_a_function_is_called_after_it(string told, string name)
    {
        Assert.Equal(name, OperatorName.Short(told));
        Assert.Equal(Stretch + name, OperatorName.Short(Stretch + told));
    }

    [Theory]
    [InlineData("aten::convolution")]
    [InlineData("sagan::conditional_norm")]
    [InlineData("ConvolutionBackward0")]
    [InlineData("torch::autograd::AccumulateGrad")]
    public void Other_names_are_libtorch_s_own(string told)
    {
        Assert.Equal(told, OperatorName.Short(told));
        Assert.Equal(Stretch + told, OperatorName.Short(Stretch + told));
    }
}
