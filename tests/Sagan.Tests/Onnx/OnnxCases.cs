using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Models;

namespace Sagan.Tests.Onnx;

/// <summary>Small networks that between them compute everything a network here can compute in evaluation.</summary>
internal static class OnnxCases
{
    private static readonly DiscriminatorCondition[] s_conditions = Enum.GetValues<DiscriminatorCondition>();

    internal static IReadOnlyDictionary<string, ModelConfig> All { get; } = Architectures().Concat(Heads()).Concat(Forms()).ToDictionary();

    /// <summary>Networks whose every value counts: statistics that are not 0 and 1, attention that is not off.</summary>
    internal static GanModel Build(ModelConfig config, int resolution = 32)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(5);
        GanModel gan = config.Build(new ImageSpec(3, resolution, config.Conditional ? 3 : 1), random);
        foreach ((string name, Parameter value) in gan.Generator.State().Concat(gan.Discriminator.State()))
        {
            string last = name[(name.LastIndexOf('.') + 1)..];
            if (last == "gamma")
                value.Value.Fill(0.7);
            else if (last is "mean" or "means" or "bias")
                value.Value.CopyFrom(Tensor.Normal(value.Value.Shape, random) * 0.2);
            else if (last is "variance" or "variances")
                value.Value.CopyFrom(Tensor.Normal(value.Value.Shape, random).Square() + 0.3);
        }

        TruncationTable.Choose(gan.Generator, 1);
        gan.Generator.SetTraining(false);
        gan.Discriminator.SetTraining(false);
        return gan;
    }

    private static IEnumerable<KeyValuePair<string, ModelConfig>> Architectures() =>
        SmallConfigs.All.Select(config => KeyValuePair.Create(config.GetType().Name, config));

    private static IEnumerable<KeyValuePair<string, ModelConfig>> Heads() => s_conditions.Select(condition => KeyValuePair.Create<string, ModelConfig>(
        $"head {condition}", new SnganConfig { LatentSize = 8, GeneratorWidth = 4, DiscriminatorWidth = 4, DiscriminatorCondition = condition }));

    private static IEnumerable<KeyValuePair<string, ModelConfig>> Forms()
    {
        foreach (AttentionForm form in Enum.GetValues<AttentionForm>())
            yield return KeyValuePair.Create<string, ModelConfig>($"attention {form}", new SelfAttentionGanConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8, AttentionForm = form });
        foreach (DcganForm form in Enum.GetValues<DcganForm>())
            yield return KeyValuePair.Create<string, ModelConfig>($"plain {form}", new DcganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8, Form = form, DiscriminatorNorm = form == DcganForm.SelfAttention ? null : DiscriminatorNorm.Batch });
        yield return KeyValuePair.Create<string, ModelConfig>("without classes", new SnganConfig { LatentSize = 8, GeneratorWidth = 4, DiscriminatorWidth = 4, Conditional = false });
        yield return KeyValuePair.Create<string, ModelConfig>("mimicry", new SnganConfig
        {
            LatentSize = 8,
            GeneratorWidth = 4,
            DiscriminatorWidth = 4,
            Details = new ResNetDetails
            {
                Upsampling = Upsampling.Bilinear,
                ShortcutInput = ShortcutInput.Rectified,
                FeaturePooling = FeaturePooling.Mean,
                DiscriminatorBatchNorm = true,
                SpectralNorm = new SpectralNorm { RefreshInEvaluation = true },
            },
        });
        yield return KeyValuePair.Create<string, ModelConfig>("statistics by truncation", new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 8, SharedSize = 8, TruncationTable = new TruncationTable { Mixing = RowMixing.Swapped } });
    }
}
