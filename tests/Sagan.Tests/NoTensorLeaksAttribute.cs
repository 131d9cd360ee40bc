using System.Reflection;
using Sagan.Tensors;
using Xunit.Sdk;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: Sagan.Tests.NoTensorLeaks]

namespace Sagan.Tests;

/// <summary>Fails a test that leaves a tensor or an open scope behind; counting asks for one test at a time.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long _before;

    public override void Before(MethodInfo methodUnderTest) => _before = Tensor.LiveCount;

    public override void After(MethodInfo methodUnderTest)
    {
        Assert.Equal(0, Scope.Depth);
        Assert.Equal(_before, Tensor.LiveCount);
    }
}
