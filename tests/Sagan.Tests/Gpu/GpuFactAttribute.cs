using Sagan.Tensors;

namespace Sagan.Tests.Gpu;

/// <summary>A test that needs a GPU; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute()
    {
        if (Device.Count(DeviceKind.Cuda) == 0)
            Skip = "There is no GPU here.";
    }
}
