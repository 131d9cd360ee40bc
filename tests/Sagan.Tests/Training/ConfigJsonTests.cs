using System.Reflection;
using System.Text.Json.Serialization;
using Sagan.Augmentations;
using Sagan.Data;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class ConfigJsonTests
{
    public static TheoryData<string> Recipes => [.. RecipeBook.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Every_recipe_survives_being_written_and_read(string name)
    {
        TrainingConfig config = RecipeBook.Find(name)!.Config;

        TrainingConfig read = ConfigJson.Read(ConfigJson.Write(config));

        Assert.Equal(ConfigJson.Write(config), ConfigJson.Write(read));
        Assert.Empty(ConfigJson.Difference(config, read));
        Assert.IsType(config.Model.GetType(), read.Model);
    }

    [Theory]
    [InlineData("\"chanels\": 3,", "chanels")]
    [InlineData("\"batchSize\": \"many\",", "batchSize")]
    [InlineData("\"loss\": { \"kind\": \"hinged\" },", "hinged")]
    [InlineData("\"loss\": null,", "loss")]
    [InlineData("\"ema\": { \"halfLife\": 3 },", "halfLife")]
    [InlineData("\"generatorOptimizer\": { \"learningRate\": true },", "generatorOptimizer.learningRate")]
    public void A_wrong_setting_is_refused_by_name(string line, string name)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigJson.Read(Minimal(line)));

        Assert.Contains(name, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("totalImages")]
    [InlineData("model")]
    [InlineData("dataset")]
    [InlineData("recipe")]
    public void A_missing_setting_is_refused_by_name(string name)
    {
        string[] lines = [.. Minimal("").Split('\n').Where(line => !line.Contains($"\"{name}\""))];

        var error = Assert.Throws<ConfigException>(() => ConfigJson.Read(string.Join('\n', lines)));

        Assert.Contains(name, error.Message);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_accepted()
    {
        TrainingConfig config = ConfigJson.Read(Minimal("// a remark\n\"batchSize\": 3, /* another */"));

        Assert.Equal(3, config.BatchSize);
        Assert.Equal(new HingeLoss(), config.Loss);
    }

    [Fact]
    public void Choices_are_words_in_kebab_case_and_never_numbers()
    {
        TrainingConfig config = RecipeBook.Find("sagan-32")!.Config;

        Assert.Contains("\"attentionForm\": \"authors-code\"", ConfigJson.Write(config));
        Assert.Contains("\"classCondition\": \"table\"", ConfigJson.Write(config));
        Assert.Equal(
            global::Sagan.Layers.AttentionForm.FirstVersion,
            ((SelfAttentionGanConfig)ConfigJson.Set(config, ["model.attentionForm=first-version"]).Model).AttentionForm);
        Assert.Throws<ConfigException>(() => ConfigJson.Set(config, ["model.attentionForm=2"]));
        Assert.Throws<ConfigException>(() => ConfigJson.Set(config, ["model.attentionForm=later"]));
    }

    [Fact]
    public void Values_are_set_by_path()
    {
        TrainingConfig config = ConfigJson.Set(SmallRun.Plain,
        [
            "batchSize=32", "generatorOptimizer.learningRate=1e-4", "ema=null", "generatorBatchSize=64",
            "model.generatorAttention=[8,16]", "recipe=my own", "model.details.upsampling=bilinear", "dataset={\"kind\":\"pictures\",\"path\":\"toys\"}",
        ]);

        Assert.Equal(32, config.BatchSize);
        Assert.Equal(1e-4, config.GeneratorOptimizer.LearningRate);
        Assert.Equal(SmallRun.Plain.DiscriminatorOptimizer, config.DiscriminatorOptimizer);
        Assert.Null(config.Ema);
        Assert.Equal(64, config.GeneratorBatchSize);
        Assert.Equal([8, 16], ((SelfAttentionGanConfig)config.Model).GeneratorAttention!);
        Assert.Equal("my own", config.Recipe);
        Assert.Equal(global::Sagan.Layers.Upsampling.Bilinear, ((SelfAttentionGanConfig)config.Model).Details.Upsampling);
        Assert.Equal(new PicturesConfig { Path = "toys" }, config.Dataset);
    }

    [Fact]
    public void A_later_assignment_sees_what_an_earlier_one_put_there()
    {
        TrainingConfig config = ConfigJson.Set(SmallRun.Plain,
            ["ema=null", "ema.startImages=7", "model={\"kind\":\"sngan\"}", "model.generatorWidth=16", "batchSize=1", "batchSize=2"]);

        Assert.Equal(new EmaConfig { StartImages = 7 }, config.Ema);
        Assert.Equal(new SnganConfig { GeneratorWidth = 16 }, config.Model);
        Assert.Equal(2, config.BatchSize);
    }

    [Fact]
    public void A_part_of_another_kind_starts_from_its_own_defaults()
    {
        TrainingConfig config = ConfigJson.Set(SmallRun.Plain,
            ["loss={\"kind\":\"multi-hinge\",\"generatorWeight\":3}", "loss.kind=least-squares", "model.kind=sngan", "augmentation.kind=ada", "augmentation.target=0.5"]);

        Assert.Equal(new LeastSquaresLoss(), config.Loss);
        Assert.Equal(new SnganConfig(), config.Model);
        Assert.Equal(new AdaptiveAugmentation { Target = 0.5 }, config.Augmentation);
        Assert.Equal(3, ((MultiHingeLoss)ConfigJson.Set(config, ["loss={\"kind\":\"multi-hinge\",\"generatorWeight\":3}", "loss.kind=multi-hinge"]).Loss).GeneratorWeight);
    }

    [Fact]
    public void An_entry_of_a_list_is_set_by_its_place_and_one_more_at_the_end()
    {
        TrainingConfig config = ConfigJson.Set(SmallRun.Plain,
            ["terms=[{\"kind\":\"r1\"}]", "terms.0.interval=16", "terms.1.kind=lecam", "terms.1.weight=0.1", "terms.0.weight=2"]);

        Assert.Equal([new RealGradientPenalty { Weight = 2, Interval = 16 }, new LeCam { Weight = 0.1 }], config.Terms);
        Assert.Contains("a list of 2", Assert.Throws<ConfigException>(() => ConfigJson.Set(config, ["terms.3.kind=r1"])).Message);
        Assert.Contains("a list of 2", Assert.Throws<ConfigException>(() => ConfigJson.Set(config, ["terms.weight=1"])).Message);
        Assert.Contains("interval", Assert.Throws<ConfigException>(() => ConfigJson.Set(config, ["terms.0.intervall=1"])).Message);
    }

    [Theory]
    [InlineData("batchsize=3", "batchsize", "batchSize")]
    [InlineData("ema.halfLife=3", "halfLife", "halfLifeImages")]
    [InlineData("model.detail.upsampling=bilinear", "detail", "details")]
    [InlineData("batchSize.large=3", "large", "no parts")]
    [InlineData("batchSize", "'batchSize'", "path=value")]
    [InlineData("=3", "'=3'", "path=value")]
    public void An_unknown_path_is_refused_with_what_there_is(string assignment, string fault, string cure)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigJson.Set(SmallRun.Plain, [assignment]));

        Assert.Contains(fault, error.Message);
        Assert.Contains(cure, error.Message);
    }

    [Theory]
    [InlineData("batchSize=many", "batchSize")]
    [InlineData("batchSize=1.5", "batchSize")]
    [InlineData("ema.halfLifeImages=soon", "ema.halfLifeImages")]
    [InlineData("jointPass=1", "jointPass")]
    public void A_value_that_does_not_fit_is_refused_by_path(string assignment, string path)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigJson.Set(SmallRun.Plain, [assignment]));

        Assert.Equal(path, error.SettingPath);
    }

    [Theory]
    [InlineData("loss.kind=bce", "loss", "there is no kind 'bce'; there are hinge, non-saturating, ")]
    [InlineData("terms=[{\"kind\":\"r2\"}]", "terms.0", "there is no kind 'r2'; there are ")]
    [InlineData("terms.0.weight=3", "terms.0", "names no kind, as in {\"kind\":\"")]
    [InlineData("terms={\"kind\":\"r1\"}", "terms", "must be a list")]
    [InlineData("terms=r1", "terms", "must be a list")]
    [InlineData("terms=[{\"kind\":\"r1\",\"wieght\":3}]", "terms.0.wieght", "there are weight, interval")]
    [InlineData("augmentation=ada", "augmentation", "must be a part with a kind")]
    [InlineData("augmentation={\"kind\":\"diff-augment\",\"policies\":[\"color\"]}", "augmentation.policies.0", "'color' is none of colour, translation, cutout")]
    [InlineData("model.details.upsampling=cubic", "model.details.upsampling", "'cubic' is none of ")]
    public void A_fault_among_kinds_lists_and_words_is_told_with_what_there_is(string assignment, string path, string cure)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigJson.Set(SmallRun.Plain, [assignment]));

        Assert.Equal(path, error.SettingPath);
        Assert.Contains(cure, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_breaks_off_is_not_blamed_on_the_setting_s_kind()
    {
        string whole = Minimal("\"loss\": { \"kind\": \"hinge\" },");

        var error = Assert.Throws<ConfigException>(() => ConfigJson.Read(whole[..(whole.IndexOf("hinge", StringComparison.Ordinal) + 6)]));

        Assert.DoesNotContain("there are", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_difference_lists_the_changed_settings_and_no_others()
    {
        TrainingConfig after = SmallRun.Plain with
        {
            BatchSize = 4,
            Ema = null,
            GeneratorBatchSize = 12,
            Model = (SelfAttentionGanConfig)SmallRun.Plain.Model with { GeneratorWidth = 16 },
        };

        IReadOnlyList<string> lines = ConfigJson.Difference(SmallRun.Plain, after);

        Assert.Equal(4, lines.Count);
        Assert.Contains("batchSize: 8 → 4", lines);
        Assert.Contains("generatorBatchSize: null → 12", lines);
        Assert.Contains("model.generatorWidth: 8 → 16", lines);
        Assert.Contains(lines, line => line.StartsWith("ema: {", StringComparison.Ordinal) && line.EndsWith("→ null", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(ModelConfig))]
    [InlineData(typeof(DatasetConfig))]
    [InlineData(typeof(AdversarialLoss))]
    public void Every_kind_of_record_has_its_line_in_the_registry(Type registry)
    {
        IEnumerable<Type> records = registry.Assembly.GetTypes().Where(type => type.IsSubclassOf(registry) && !type.IsAbstract);
        IEnumerable<Type> lines = registry.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(line => line.DerivedType);

        Assert.Equal(records.OrderBy(type => type.Name), lines.OrderBy(type => type.Name));
    }

    private static string Minimal(string line) =>
        $$"""
        {
          "recipe": "mine",
          "model": { "generatorWidth": 8, "kind": "sagan" },
          {{line}}
          "dataset": { "kind": "toybox" },
          "totalImages": 100,
        }
        """;
}
