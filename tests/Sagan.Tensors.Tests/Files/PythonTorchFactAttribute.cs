namespace Sagan.Tensors.Tests.Files;

/// <summary>A fact that asks torch itself; skipped where no Python has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonTorchFactAttribute : FactAttribute
{
    public PythonTorchFactAttribute()
    {
        if (PythonTorch.Interpreter is null)
            Skip = "no python3 with torch (Debian: apt-get install python3-torch).";
    }
}
