using Sagan.Metrics.Features;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics.Features;

public class ResizeModeTests
{
    private static readonly long[] s_storedRows = [0, 1, 2, 74, 148, 149, 150, 296, 297, 298];

    /// <summary>
    /// 3e-6 is less than a thousandth of a grey level in [-1, 1]: a few roundings of single precision, too little for any other
    /// filter, alignment or range.
    /// </summary>
    [SharedTheory("fixtures/metrics")]
    [InlineData("torch-fidelity", "torch_fidelity")]
    [InlineData("pytorch-fid", "pytorch_fid")]
    [InlineData("clean-fid", "clean_fid")]
    [InlineData("clean-fid-legacy-pytorch", "clean_fid_legacy_pytorch")]
    [InlineData("studiogan-legacy", "studiogan_legacy")]
    [InlineData("studiogan-clean", "studiogan_clean")]
    [InlineData("studiogan-friendly", "studiogan_friendly")]
    [InlineData("biggan", "biggan_pytorch")]
    public void Pictures_of_any_size_come_out_as_from_the_tools_own_code(string name, string tool)
    {
        using Scope scope = Scope.Open();
        IReadOnlyDictionary<string, HostArray> expected = NpzFile.Read(RandomInception.Find("inception_preprocessed_rows.npz"));
        Tensor rows = Tensor.From<long>(s_storedRows, [s_storedRows.Length]);

        foreach (string set in MetricFixture.Sets)
        {
            Tensor first = MetricFixture.Pictures(set).Narrow(0, 0, 1).To(DType.Float32);
            Tensor actual = ResizeMode.Parse(name).Apply(first).Select(0, 0).IndexSelect(1, rows);

            double distance = MetricFixture.Distance(expected[$"{tool}__{set}"].ToFloat32(), actual.ToArray<float>());
            Assert.True(distance < 3e-6, $"{name}, {set}: {distance:e2}");
        }
    }

    [Fact]
    public void At_the_networks_own_size_the_default_only_normalises()
    {
        using Scope scope = Scope.Open();
        byte[] noise = new byte[3 * 299 * 299];
        new Random(1).NextBytes(noise);

        Tensor result = ResizeMode.TorchFidelity.Apply(Tensor.From<byte>(noise, [1, 3, 299, 299]).To(DType.Float32));

        Assert.Equal(noise.Select(value => (value - 128) / 128f), result.ToArray<float>());
    }

    [Fact]
    public void The_default_is_first_and_names_are_unique()
    {
        Assert.Same(ResizeMode.TorchFidelity, ResizeMode.All[0]);
        Assert.Distinct(ResizeMode.All.Select(mode => mode.Name));
        Assert.All(ResizeMode.All, mode => Assert.Same(mode, ResizeMode.Parse(mode.Name)));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_those_there_are()
    {
        var error = Assert.Throws<ConfigException>(() => ResizeMode.Parse("bicubic"));

        Assert.Contains("--resize", error.Message);
        Assert.Contains("'bicubic'", error.Message);
        Assert.Contains("torch-fidelity, pytorch-fid, clean-fid", error.Message);
    }
}
