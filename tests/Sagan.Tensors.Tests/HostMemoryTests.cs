namespace Sagan.Tensors.Tests;

public class HostMemoryTests
{
    [Fact]
    public void Values_overwrite_a_tensor_and_what_shares_its_memory()
    {
        using Scope scope = Scope.Open();
        Tensor whole = Tensor.Zeros([2, 3]);

        whole.Narrow(0, 1, 1).CopyFrom<float>([1, 2, 3]);
        whole.Narrow(1, 0, 1).CopyFrom<float>([7, 8]);

        Assert.Equal([7, 0, 0, 8, 2, 3], whole.ToArray<float>());
    }

    [Fact]
    public void Other_numbers_of_values_and_other_types_are_refused()
    {
        using Scope scope = Scope.Open();
        Tensor tensor = Tensor.Zeros([2]);

        Assert.Throws<TorchException>(() => tensor.CopyFrom<float>([1, 2, 3]));
        Assert.Throws<InvalidCastException>(() => tensor.CopyFrom<double>([1, 2]));
        Assert.Equal([0, 0], tensor.ToArray<float>());
    }
}
