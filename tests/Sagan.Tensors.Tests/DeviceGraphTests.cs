namespace Sagan.Tensors.Tests;

/// <summary>Graphs by their rules; what a GPU makes of them cannot be seen without one.</summary>
public class DeviceGraphTests
{
    [Fact]
    public void A_recording_does_nothing_and_each_replay_does_the_work_on_the_same_memory()
    {
        using Scope scope = Scope.Open();
        Tensor input = Tensor.From([1f, 2f], 2), sum = Tensor.Zeros([2]);

        using DeviceGraph graph = DeviceGraph.Record(Device.Cpu, () => sum.AddInPlace(input * 3));
        float[] recorded = sum.ToArray<float>();
        graph.Replay();
        input.CopyFrom<float>([10f, 20f]);
        graph.Replay();

        Assert.Equal([0f, 0f], recorded);
        Assert.Equal([33f, 66f], sum.ToArray<float>());
    }

    public static TheoryData<string, Action<Tensor>> HostAccess => new()
    {
        { "Tensor.From", _ => Tensor.From([1f], 1) },
        { "Tensor.CopyFrom", tensor => tensor.CopyFrom<float>([1f]) },
        { "Tensor.CopyTo", tensor => tensor.ToArray<float>() },
        { "Tensor.Item", tensor => tensor.Item() },
    };

    [Theory]
    [MemberData(nameof(HostAccess))]
    public void What_a_graph_would_not_repeat_is_refused_by_name_and_allowed_again_behind_it(string operation, Action<Tensor> access)
    {
        using Scope scope = Scope.Open();
        Tensor tensor = Tensor.Zeros([1]);
        using DeviceGraph graph = DeviceGraph.Record(Device.Cpu, () => access(tensor));

        var refused = Assert.Throws<InvalidOperationException>(graph.Replay);

        Assert.StartsWith($"{operation}: a graph is being recorded", refused.Message, StringComparison.Ordinal);
        access(tensor);
    }

    [Fact]
    public void Without_a_gpu_a_recording_for_one_says_what_is_missing()
    {
        if (DeviceGraph.IsSupported)
            return;
        bool ran = false;

        var refused = Assert.ThrowsAny<TorchException>(() => DeviceGraph.Record(Device.Cuda(), () => ran = true));

        Assert.Contains("built without graphs", refused.Message, StringComparison.Ordinal);
        Assert.False(ran);
    }
}
