using Sagan.Exchange;
using Sagan.Models;
using Sagan.Tests.Data;

namespace Sagan.Tests.Exchange;

public sealed class PeerSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{"G": {"BN_eps": 1e-4}, "D": {"BN_eps": 3}}""")]
    [InlineData("""{"args": {"G": {"BN_eps": 0.0001}}, "notes": []}""")]
    [InlineData("""{"BN_eps": "1e-4" /* all in one */}""")]
    public void A_setting_is_found_wherever_projects_write_it(string json)
    {
        PeerSettings settings = Read("a.json", json);

        Assert.Equal(1e-4, settings.Number("G", "BN_eps", otherwise: 1));
        Assert.Equal(0.5, settings.Number("G", "SN_eps", otherwise: 0.5));
    }

    [Fact]
    public void StudioGAN_s_YAML_is_understood()
    {
        PeerSettings settings = Read("SAGAN.yaml", "DATA:\n  name: \"CIFAR10\"\n  img_size: 32 # pixels\nMODEL:\n  g_act_fn: \"Leaky_ReLU\"\n  attn_g_loc: [2]\n");

        Assert.Equal(32, settings.Number("G", "img_size", otherwise: 0));
        settings.Confirm("D", "img_size", 32);
        var error = Assert.Throws<ConfigException>(() => settings.RequireOneOf("G", "g_act_fn", "ReLU"));
        Assert.Contains("SAGAN.yaml: g_act_fn: is 'Leaky_ReLU'", error.Message, StringComparison.Ordinal);
        Assert.Contains("it can be ReLU", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("""{"BN_eps": "small"}""", "BN_eps: 'small' is no number")]
    public void What_cannot_be_read_is_told(string json, string problem)
    {
        var error = Assert.Throws<ConfigException>(() => Read("a.json", json).Number("G", "BN_eps", 0));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("a.json", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PeerSettings Read(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return PeerSettings.Read(_folder.At(name));
    }
}
