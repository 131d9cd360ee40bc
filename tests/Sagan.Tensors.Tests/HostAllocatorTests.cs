namespace Sagan.Tensors.Tests;

public class HostAllocatorTests
{
    private const long Many = 3 << 20;

    [Fact]
    public void Tensors_count_while_they_live()
    {
        using Scope scope = Scope.Open();
        long before = Live();

        Tensor tensor = Tensor.Zeros([Many]).Own();
        long with = Live();
        tensor.Free();

        Assert.InRange(with - before, Many * sizeof(float), (Many * sizeof(float)) + (1 << 20));
        Assert.Equal(before, Live());
    }

    [Fact]
    public void What_is_freed_is_used_again()
    {
        Round(1);
        long held = Device.Cpu.Memory()!.Value.Reserved;

        for (int i = 0; i < 20; i++)
            Round(i);

        // Other tests allocate meanwhile, but not twenty times as much as one round takes.
        Assert.InRange(Device.Cpu.Memory()!.Value.Reserved - held, long.MinValue, 10 * Many * sizeof(float));
    }

    [Fact]
    public void Neighbours_of_all_sizes_keep_their_values_while_others_come_and_go()
    {
        var random = new Random(1);
        var kept = new List<(Tensor Tensor, float Value)>();

        for (int i = 0; i < 400; i++)
        {
            using Scope scope = Scope.Open();
            Tensor made = Tensor.Zeros([1 + (long)Math.Pow(2, random.NextDouble() * 20)]);
            made.Fill(i);
            kept.Add((made.Own(), i));
            if (kept.Count > 40)
                Check(kept, random.Next(kept.Count));
        }

        while (kept.Count > 0)
            Check(kept, kept.Count - 1);
    }

    [Fact]
    public void More_than_there_is_says_so_and_harms_nothing()
    {
        using Scope scope = Scope.Open();

        Assert.Throws<OutOfDeviceMemoryException>(() => Tensor.Zeros([1L << 45]));

        Assert.Equal(0, Tensor.Zeros([8]).Sum().Item());
    }

    private static long Live() => Device.Cpu.Memory()!.Value.Allocated;

    private static void Round(int value)
    {
        using Scope scope = Scope.Open();
        Assert.Equal(value, (Tensor.Zeros([Many]) + value).Max().Item());
    }

    private static void Check(List<(Tensor Tensor, float Value)> kept, int place)
    {
        using (Scope.Open())
        {
            Assert.Equal(kept[place].Value, kept[place].Tensor.Min().Item());
            Assert.Equal(kept[place].Value, kept[place].Tensor.Max().Item());
        }

        kept[place].Tensor.Free();
        kept.RemoveAt(place);
    }
}
