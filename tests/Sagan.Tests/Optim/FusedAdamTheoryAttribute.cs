using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Optim;

/// <summary>A test of libtorch's own step of Adam on the processor; skipped where libtorch has none there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FusedAdamTheoryAttribute : TheoryAttribute
{
    public FusedAdamTheoryAttribute()
    {
        if (!Foreach.HasFusedAdam)
            Skip = $"libtorch {Torch.Version} has no fused Adam that would do; 2.5 has.";
    }
}
