using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sagan.Models;

namespace Sagan.Tests;

/// <summary>What holds the sources together beyond what the compiler checks.</summary>
public partial class ArchitectureTests
{
    private const int MostLines = 400;

    /// <summary>
    /// What each namespace of the library may use besides Sagan.Tensors and itself. Arrows point one way: a namespace may
    /// only name ones that stand above it. Layers know nothing of GANs, data nothing of training, and a run directory is
    /// plain files. Losses and augmentations see what a step did; Imaging stands on its own; Runs writes pictures; Training brings all together.
    /// </summary>
    private static readonly (string Name, string[] Uses)[] s_allowed =
    [
        ("Layers", []),
        ("Imaging", []),
        ("Optim", ["Layers"]),
        ("Models", ["Layers"]),
        ("Classifiers", ["Layers", "Models"]),
        ("Losses", ["Layers", "Models", "Classifiers"]),
        ("Augmentations", ["Layers", "Models"]),
        ("Data", ["Imaging"]),
        ("Metrics", ["Layers", "Imaging", "Models", "Classifiers", "Data"]),
        ("Runs", ["Imaging"]),
        ("Plots", ["Runs"]),
        ("Training", ["Layers", "Classifiers", "Losses", "Augmentations", "Imaging", "Optim", "Models", "Data", "Runs", "Plots"]),
        ("Onnx", ["Layers", "Models"]),
        ("Exchange", ["Layers", "Models", "Data", "Training", "Onnx"]),
        ("Evaluation", ["Imaging", "Models", "Data", "Metrics", "Training"]),
        ("Serving", ["Imaging", "Models", "Runs", "Training"]),
        ("Exploration", ["Layers", "Imaging", "Models", "Data", "Training"]),
        ("Recipes", ["Layers", "Losses", "Augmentations", "Optim", "Models", "Data", "Training"]),
    ];

    private static readonly string[] s_forbiddenNames = ["Utils", "Util", "Helpers", "Helper", "Common", "Misc", "Manager", "Base"];

    [Fact]
    public void The_list_of_namespaces_is_acyclic()
    {
        for (int i = 0; i < s_allowed.Length; i++)
        {
            IEnumerable<string> above = s_allowed[..i].Select(entry => entry.Name);
            Assert.Empty(s_allowed[i].Uses.Except(above));
        }
    }

    [Fact]
    public void Namespaces_of_the_library_use_only_those_above_them()
    {
        Dictionary<string, string[]> allowed = s_allowed.ToDictionary(entry => entry.Name, entry => entry.Uses);

        var offences = new List<string>();
        foreach (string file in SourceTree.CSharpFiles("src/Sagan"))
        {
            string own = SourceTree.Relative(file).Split('/')[2];
            foreach (string used in UsedNamespaces(file).Where(used => used != own))
            {
                if (!allowed.TryGetValue(own, out string[]? uses) || !uses.Contains(used))
                    offences.Add($"{SourceTree.Relative(file)} uses Sagan.{used}");
            }
        }

        Assert.Empty(offences);
    }

    [Theory]
    [InlineData("src/Sagan.Tensors", "Sagan.Tensors")]
    [InlineData("src/Sagan", "Sagan")]
    public void Namespaces_follow_folders(string project, string rootNamespace)
    {
        IEnumerable<string> offences = SourceTree.CSharpFiles(project)
            .Select(file => (File: SourceTree.Relative(file), Declared: DeclaredNamespace().Match(File.ReadAllText(file)).Groups[1].Value))
            .Where(entry => entry.Declared.Length > 0 && entry.Declared != FolderNamespace(entry.File, project, rootNamespace))
            .Select(entry => $"{entry.File} declares {entry.Declared}");

        Assert.Empty(offences);
    }

    [Fact]
    public void Sagan_Tensors_knows_nothing_of_the_library()
    {
        IEnumerable<string> offences = SourceTree.CSharpFiles("src/Sagan.Tensors")
            .Where(file => UsedNamespaces(file).Any())
            .Select(SourceTree.Relative);

        Assert.Empty(offences);
    }

    [Fact]
    public void No_file_is_longer_than_anybody_reads()
    {
        IEnumerable<string> offences = SourceTree.CSharpFiles("src").Concat(SourceTree.CSharpFiles("tests"))
            .Where(file => File.ReadLines(file).Count() > MostLines)
            .Select(SourceTree.Relative);

        Assert.Empty(offences);
    }

    [Fact]
    public void No_file_or_folder_is_named_for_having_no_name()
    {
        IEnumerable<string> offences = SourceTree.CSharpFiles("src").Concat(SourceTree.CSharpFiles("tests"))
            .Select(SourceTree.Relative)
            .Where(file => file.Split('/').Any(part => Words(part).Any(s_forbiddenNames.Contains)));

        Assert.Empty(offences);
    }

    [Fact]
    public void No_type_hides_the_namespace_Sagan()
    {
        Assert.DoesNotContain(typeof(ModelConfig).Assembly.GetTypes(), type => type.Name == "Sagan");
    }

    [Fact]
    public void Every_record_of_a_registry_has_its_line_and_a_kind_of_its_own()
    {
        Type[] types = typeof(ModelConfig).Assembly.GetTypes();
        Type[] registries = [.. types.Where(type => type.GetCustomAttribute<JsonPolymorphicAttribute>() is not null)];

        Assert.NotEmpty(registries);
        foreach (Type registry in registries)
        {
            JsonDerivedTypeAttribute[] lines = [.. registry.GetCustomAttributes<JsonDerivedTypeAttribute>()];
            IEnumerable<Type> records = types.Where(type => !type.IsAbstract && type.IsSubclassOf(registry));
            Assert.Equal(records.Select(type => type.Name).Order(), lines.Select(line => line.DerivedType.Name).Order());
            Assert.All(lines, line => Assert.IsType<string>(line.TypeDiscriminator));
            Assert.Distinct(lines.Select(line => line.TypeDiscriminator));
        }
    }

    private static string FolderNamespace(string file, string project, string rootNamespace) =>
        string.Join('.', [rootNamespace, .. file[(project.Length + 1)..].Split('/')[..^1]]);

    /// <summary>What stands behind <c>using Sagan.</c> in a file, Sagan.Tensors left out: everybody may use that.</summary>
    private static IEnumerable<string> UsedNamespaces(string file) =>
        UsedNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(name => name != "Tensors").Distinct();

    private static IEnumerable<string> Words(string name) => Word().Matches(name).Select(match => match.Value);

    [GeneratedRegex(@"^using (?:static |\w+ = )?Sagan\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsedNamespace();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex("[A-Z][a-z]*")]
    private static partial Regex Word();
}
