namespace Sagan.Tensors.Tests;

public class ScopeTests
{
    [Fact]
    public void An_operator_outside_any_scope_says_what_to_write()
    {
        Tensor? x;
        using (Scope.Open())
            x = Tensor.From([1f], 1).Own();

        var error = Assert.Throws<InvalidOperationException>(() => x.Relu());

        Assert.Contains("aten::relu", error.Message);
        Assert.Contains("Scope.Open()", error.Message);
        x.Free();
    }

    [Fact]
    public void Tensors_die_with_their_scope_except_the_kept_ones()
    {
        long before = Tensor.LiveCount;
        using Scope outer = Scope.Open();

        Tensor kept;
        using (Scope inner = Scope.Open())
        {
            Tensor x = Tensor.From([-1f, 2f], 2);
            kept = inner.Keep(x.Relu() + 1);
            Assert.Equal(before + 3, Tensor.LiveCount);
        }

        Assert.Equal(before + 1, Tensor.LiveCount);
        Assert.Equal([1f, 3f], kept.ToArray<float>());
    }

    [Fact]
    public void Keeping_a_tensor_that_lives_further_out_changes_nothing()
    {
        using Scope outer = Scope.Open();
        Tensor x = Tensor.From([1f], 1);

        using (Scope middle = Scope.Open())
        using (Scope inner = Scope.Open())
            inner.Keep(x);

        Assert.Equal([1f], x.ToArray<float>());
    }

    [Fact]
    public void A_dead_tensor_names_the_operator_that_made_it()
    {
        using Scope outer = Scope.Open();
        Tensor dead;
        using (Scope.Open())
            dead = Tensor.From([1f], 1).Relu();

        var error = Assert.Throws<ObjectDisposedException>(() => dead + 1);

        Assert.Contains("made by aten::relu", error.Message);
        Assert.Contains("aten::add.Scalar", error.Message);
    }

    [Fact]
    public void Keeping_from_the_outermost_scope_is_refused()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.From([1f], 1);

        InvalidOperationException? error = null;
        try
        {
            scope.Keep(x);
        }
        catch (InvalidOperationException caught)
        {
            error = caught;
        }

        Assert.Contains("outermost", error?.Message);
    }

    [Fact]
    public void Thousands_of_tensors_in_one_scope_are_all_freed()
    {
        long before = Tensor.LiveCount;

        using (Scope.Open())
        {
            Tensor x = Tensor.From([1f], 1);
            for (int i = 0; i < 5000; i++)
                x += 1;
            Assert.Equal(5001, x.Item());
        }

        Assert.Equal(before, Tensor.LiveCount);
    }
}
