using System.Runtime.CompilerServices;

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

    [Fact]
    public void A_tensor_over_an_array_shares_its_memory()
    {
        using Scope scope = Scope.Open();
        double[] values = [1, 2, 3, 4];
        Tensor tensor = Tensor.Over(values, 2, 2);

        tensor.Narrow(0, 1, 1).CopyFrom<double>([7, 8]);
        values[0] = 5;

        Assert.Equal([5, 2, 7, 8], tensor.ToArray<double>());
        Assert.Equal([5, 2, 7, 8], values);
    }

    [Fact]
    public void An_array_is_held_as_long_as_a_tensor_lies_over_it()
    {
        using Scope scope = Scope.Open();
        (WeakReference kept, WeakReference gone, WeakReference refused) = Lend();

        GC.Collect();

        Assert.True(kept.IsAlive);
        Assert.False(gone.IsAlive);
        Assert.False(refused.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Kept, WeakReference Gone, WeakReference Refused) Lend()
    {
        double[] kept = new double[4], gone = new double[4], refused = new double[4];
        Tensor.Over(kept, 2, 2).Narrow(0, 0, 1);
        using (Scope.Open())
            Tensor.Over(gone, 4);
        Assert.Throws<TorchException>(() => Tensor.Over(refused, 3));
        return (new WeakReference(kept), new WeakReference(gone), new WeakReference(refused));
    }
}
