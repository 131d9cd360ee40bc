using System.Text.RegularExpressions;

namespace Sagan.Tensors;

/// <summary>Names of operators and nodes for people.</summary>
internal static partial class OperatorName
{
    /// <summary>
    /// A name as libtorch says it, but for nodes that are C++ functions, such as our own: of those it says the type
    /// (<c>torch::autograd::CppNode&lt;sagan::ops::(anonymous namespace)::ConditionalNorm&gt;</c>). They are called as libtorch calls
    /// its own: <c>ConditionalNormBackward</c>.
    /// </summary>
    internal static string Short(string name) => FunctionNode().Replace(name, "${function}Backward");

    // The last name of the type, without what it is a template of.
    [GeneratedRegex("torch::autograd::CppNode<(?:[^<]*::)?(?<function>\\w+)(?:<.*>)?\\s*>")]
    private static partial Regex FunctionNode();
}
