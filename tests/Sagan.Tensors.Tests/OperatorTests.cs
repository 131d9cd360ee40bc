namespace Sagan.Tensors.Tests;

public class OperatorTests
{
    private static readonly Operator s_unknown = Operator.Find("aten::no_such_thing", 1);

    [Fact]
    public void A_missing_operator_fails_at_its_own_call_with_its_name()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1f], 1);

        var error = Assert.Throws<MissingOperatorException>(() => { s_unknown.Run(x); });

        Assert.Contains("aten::no_such_thing", error.Message);
    }

    [Fact]
    public void A_refusal_of_libtorch_becomes_an_exception_that_names_the_operator()
    {
        using Scope scope = Scope.Open();
        Tensor three = Tensor.From([1f, 2f, 3f], 3), two = Tensor.From([1f, 2f], 2);

        var error = Assert.Throws<TorchException>(() => three + two);

        Assert.Equal("aten::add.Tensor", error.Operation);
        Assert.Contains("must match the size", error.Message);
        Assert.DoesNotContain("Exception raised from", error.Message);
    }

    [Fact]
    public void An_allocation_beyond_all_memory_is_told_apart()
    {
        using Scope scope = Scope.Open();

        var error = Assert.ThrowsAny<TorchException>(() => Tensor.Zeros([1L << 46]));

        Assert.Contains("aten::zeros", error.Message);
    }

    [Fact]
    public void A_wrong_kind_of_argument_is_named_by_its_place()
    {
        using Scope scope = Scope.Open();
        Operator relu = Operator.Find("aten::relu", 1);

        var error = Assert.Throws<TorchException>(() => { relu.Run(2.5); });

        Assert.Contains("argument 0 (self): expected a tensor, got a real number", error.Message);
    }

    [Fact]
    public void Lists_texts_and_several_results_cross_the_border()
    {
        using Scope scope = Scope.Open();
        Operator split = Operator.Find("aten::split_with_sizes", 3);
        Operator divide = Operator.Find("aten::div.Tensor_mode", 3);
        Operator extremes = Operator.Find("aten::aminmax", 1);
        Tensor x = Tensor.From([1f, 5f, 2f, 7f], 4);

        Tensor[] parts = split.Call(x, new long[] { 1, 3 }, 0).Tensors;
        Tensor floor = divide.Call(x, Tensor.From([2f], 1), "floor").Tensor;
        Results both = extremes.Call(x);

        Assert.Equal([5f, 2f, 7f], parts[1].ToArray<float>());
        Assert.Equal([0f, 2f, 1f, 3f], floor.ToArray<float>());
        Assert.Equal(1, both.TensorAt(0).Item());
        Assert.Equal(7, both.TensorAt(1).Item());
    }
}
