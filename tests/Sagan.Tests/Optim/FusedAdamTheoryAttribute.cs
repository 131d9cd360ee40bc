using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Optim;

/// <summary>A test of libtorch's own step of Adam on the processor; skipped where libtorch has none there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FusedAdamTheoryAttribute : TheoryAttribute
{
    public FusedAdamTheoryAttribute()
    {
        if (!Foreach.HasFusedAdam || Version.Parse(Torch.Version) < new Version(2, 4))
            Skip = $"libtorch {Torch.Version} has no fused Adam on the processor; 2.4 has.";
    }
}
