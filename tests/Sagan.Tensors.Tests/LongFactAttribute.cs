namespace Sagan.Tensors.Tests;

/// <summary>A test of minutes: it runs when SAGAN_TEST_ALL is 1 (<c>./test --all</c>) and else is skipped with that reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("SAGAN_TEST_ALL") != "1")
            Skip = "takes minutes; set SAGAN_TEST_ALL=1 or run ./test --all.";
    }
}
