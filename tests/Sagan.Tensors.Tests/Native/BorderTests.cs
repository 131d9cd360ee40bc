using System.Reflection;
using System.Runtime.InteropServices;
using Sagan.Tensors.Native;

namespace Sagan.Tensors.Tests.Native;

/// <summary>Both sides of the border agree on the structs and on the operators.</summary>
public unsafe class BorderTests
{
    [Fact]
    public void Structs_have_the_same_layout_on_both_sides()
    {
        NativeBuildInfo build = Torch.Build();

        Assert.Equal(NativeMethods.Abi, build.Abi);
        Assert.Equal(sizeof(NativeValue), build.ValueSize);
        Assert.Equal((int)Marshal.OffsetOf<NativeValue>(nameof(NativeValue.Integer)), build.ValuePayload);
        Assert.Equal(sizeof(NativeTensorInfo), build.InfoSize);
        Assert.Equal((int)Marshal.OffsetOf<NativeTensorInfo>(nameof(NativeTensorInfo.RequiresGrad)), build.InfoRequiresGrad);
    }

    [Fact]
    public void Loading_ahead_may_be_asked_for_at_any_time_and_by_many()
    {
        Parallel.For(0, 4, _ => Torch.LoadAhead());

        Assert.Equal(NativeMethods.Abi, Torch.Build().Abi);
        Assert.DoesNotContain(Torch.LoadAttempts, attempt => attempt.EndsWith(": loaded", StringComparison.Ordinal) && Torch.LoadAttempts.Count(other => other == attempt) > 1);
    }

    [Fact]
    public void Every_wrapper_names_an_operator_of_the_linked_libtorch_with_enough_arguments()
    {
        Operator[] operators = [.. OperatorsOf(typeof(Tensor).Assembly)];

        Assert.True(operators.Length > 60, $"only {operators.Length} wrappers were found");
        foreach (Operator op in operators.Where(op => op.Exists || !op.IsYounger))
        {
            (int all, int required) = Arguments(op.Schema);
            Assert.True(op.Arity <= all && op.Arity >= required, $"{op.Name} is called with {op.Arity} arguments: {op.Schema}");
        }
    }

    internal static IEnumerable<Operator> OperatorsOf(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(field => field.FieldType == typeof(Operator))
        .Select(field => (Operator)field.GetValue(null)!);

    // "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor": arguments, and those without a default.
    private static (int All, int Required) Arguments(string schema)
    {
        string list = schema[(schema.IndexOf('(') + 1)..schema.IndexOf(") ->", StringComparison.Ordinal)];
        int depth = 0, all = 0, required = 0;
        foreach (string part in string.Concat(list.Select(letter =>
        {
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            return letter == ',' && depth > 0 ? ';' : letter;
        })).Split(", "))
        {
            if (part is "*" or "")
                continue;
            all++;
            required += part.Contains('=') ? 0 : 1;
        }

        return (all, required);
    }
}
