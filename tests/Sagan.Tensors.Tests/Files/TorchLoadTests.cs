using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>What torch.load makes of the files written here.</summary>
public class TorchLoadTests
{
    /// <summary>Prints every value with its path: tensors with their type, shape and bytes.</summary>
    private const string Program = """
        import sys
        import torch

        def show(path, value):
            if isinstance(value, torch.Tensor):
                data = value.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes().hex()
                print(path, str(value.dtype).removeprefix("torch."), list(value.shape), data, sep=";")
            elif isinstance(value, dict):
                print(path, type(value).__name__, sep=";")
                for key, item in value.items():
                    show(f"{path}.{key}", item)
            else:
                print(path, repr(value), sep=";")

        show("", torch.load(sys.argv[1], **eval(sys.argv[2])))
        """;

    [PythonTorchFact]
    public void Torch_loads_every_type_and_shape_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, HostArray> arrays = SampleArrays.All();
        TorchWriter.Write(folder.File("x.pth"), arrays);

        string[] lines = PythonTorch.Run(Program, folder.File("x.pth"), "{}");

        Assert.Equal([";OrderedDict", .. arrays.Select(item => Line($".{item.Key}", item.Value))], lines);
    }

    [PythonTorchFact]
    public void Torch_loads_a_nested_checkpoint_with_weights_only()
    {
        using var folder = new TemporaryFolder();
        HostArray weight = HostArray.Of<float>([1, -2, 3.5f, 4, 5, 6], 2, 3);
        var checkpoint = new Dictionary<string, object?>
        {
            ["model_state_dict"] = new Dictionary<string, HostArray> { ["l1.weight"] = weight, ["tied"] = weight },
            ["global_step"] = 0,
            ["many"] = -(1L << 40),
            ["rate"] = 2e-4,
            ["name"] = "é",
            ["nothing"] = null,
            ["list"] = new object?[] { true, 1 },
        };
        // The first torch with weights_only, 1.13, does not know real numbers there; later ones do.
        TorchWriter.Write(folder.File("x.pth"), checkpoint);
        TorchWriter.Write(folder.File("y.pth"), checkpoint.Where(item => item.Value is not double).ToDictionary());

        string[] lines = PythonTorch.Run(Program, folder.File("x.pth"), "{}");
        string[] safely = PythonTorch.Run(Program, folder.File("y.pth"), "{'weights_only': True}");

        string[] expected =
        [
            ";OrderedDict", ".model_state_dict;OrderedDict", Line(".model_state_dict.l1.weight", weight), Line(".model_state_dict.tied", weight),
            ".global_step;0", ".many;-1099511627776", ".rate;0.0002", ".name;'é'", ".nothing;None", ".list;[True, 1]",
        ];
        Assert.Equal(expected, lines);
        Assert.Equal(expected.Except([".rate;0.0002"]), safely);
    }

    private static string Line(string path, HostArray array) =>
        $"{path};{$"{array.DType}".ToLowerInvariant()};[{string.Join(", ", array.Shape.ToArray())}];{Convert.ToHexStringLower(array.Bytes)}";
}
