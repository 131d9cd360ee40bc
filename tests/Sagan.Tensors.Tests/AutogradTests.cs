namespace Sagan.Tensors.Tests;

public class AutogradTests
{
    [Fact]
    public void Backward_leaves_the_derivative_in_the_leaf()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1.0, 2.0, 3.0], 3);
        x.RequiresGrad = true;

        Autograd.Backward((x * x * x).Sum());

        Assert.Equal([3.0, 12.0, 27.0], x.Gradient!.ToArray<double>());
    }

    [Fact]
    public void Second_derivatives_come_from_a_created_graph()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([2.0], 1);
        x.RequiresGrad = true;

        Tensor first = Autograd.Gradients((x * x * x).Sum(), [x], createGraph: true)[0];
        Tensor second = Autograd.Gradients(first.Sum(), [x])[0];

        Assert.Equal(12.0, first.Item());
        Assert.Equal(12.0, second.Item());
        Assert.Null(x.Gradient);
    }

    [Fact]
    public void Nothing_is_recorded_while_gradients_are_off_and_the_former_mode_returns()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1f], 1);
        x.RequiresGrad = true;

        bool recorded;
        using (Autograd.NoGrad())
            recorded = (x * 2).RequiresGrad;

        Assert.False(recorded);
        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void A_gradient_is_gone_after_clearing()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1f], 1);
        x.RequiresGrad = true;
        Autograd.Backward(x.Sum());

        x.ClearGradient();

        Assert.Null(x.Gradient);
    }
}
