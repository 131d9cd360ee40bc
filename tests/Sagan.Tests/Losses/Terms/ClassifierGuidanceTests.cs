using Sagan.Classifiers;
using Sagan.Data.Toybox;
using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Classifiers;
using Sagan.Tests.Data;
using Sagan.Tests.Training;
using Sagan.Training;

namespace Sagan.Tests.Losses.Terms;

public sealed class ClassifierGuidanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public ClassifierGuidanceTests()
    {
        _file = _folder.At("toybox.safetensors");
        SmallClassifier.WriteForToybox(_file);
    }

    [Fact]
    public void It_is_the_weighted_cross_entropy_of_the_classes_asked_for_and_reaches_the_pictures()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        var term = new ClassifierGuidance { File = _file, Weight = 3 };
        using Module memory = term.CreateMemory()!;
        Tensor pictures = Tensor.Normal([2, 3, 32, 32], random);
        pictures.RequiresGrad = true;
        LossStep step = Step(pictures, Tensor.From([3L, 7L], 2));

        Tensor loss = term.ForGenerator(step, memory)!;
        Autograd.Backward(loss);

        float[] probabilities = ((Classifier)memory).Forward(pictures).Softmax(1).Detach().ToArray<float>();
        Assert.Equal(-1.5 * (Math.Log(probabilities[3]) + Math.Log(probabilities[17])), loss.Item(), 1e-5);
        Assert.True(pictures.Gradient!.Abs().Max().Item() > 0);
        Assert.All(memory.State(), entry => Assert.Null(entry.Value.Value.Gradient));
        Assert.False(memory.IsTraining);
    }

    [Fact]
    public void It_counts_from_its_time_on_and_only_for_the_generator()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        var term = new ClassifierGuidance { File = _file, FromImages = 100 };
        using Module memory = term.CreateMemory()!;
        LossStep step = Step(Tensor.Normal([2, 3, 32, 32], random), Tensor.From([0L, 1L], 2));

        Assert.Null(term.ForGenerator(step with { Images = 99 }, memory));
        Assert.NotNull(term.ForGenerator(step with { Images = 100 }, memory));
        Assert.Null(term.ForDiscriminator(step with { Images = 100 }, memory));
    }

    [Fact]
    public void A_guided_run_resumes_exactly_and_keeps_the_classifier_out_of_its_state()
    {
        TrainingConfig config = SmallRun.Plain with { Terms = [new ClassifierGuidance { File = _file, Weight = 1, FromImages = 24 }] };
        using var whole = new SmallRun(config);
        using var parts = new SmallRun(config);
        using var plain = new SmallRun();

        whole.Start();
        parts.RunUntil(24);
        parts.Resume();
        plain.Start();

        SmallRun.AssertSameAt(48, whole, parts);
        Assert.Equal(File.ReadAllBytes(whole.Directory.SamplesFile(16)), File.ReadAllBytes(plain.Directory.SamplesFile(16)));
        Assert.NotEqual(File.ReadAllBytes(whole.Directory.SamplesFile(48)), File.ReadAllBytes(plain.Directory.SamplesFile(48)));
        using SafetensorsFile state = SafetensorsFile.Open(whole.Directory.StateFile(48));
        Assert.DoesNotContain(state.Names, name => name.StartsWith("term", StringComparison.Ordinal));
    }

    [Fact]
    public void Following_it_alone_a_generator_draws_pictures_that_the_classifier_is_sure_of()
    {
        using var random = new RandomSource(4);
        var term = new ClassifierGuidance { File = _file, Weight = 1 };
        using Module memory = term.CreateMemory()!;
        using Generator generator = SmallRun.Plain.Model.BuildGenerator(SmallRun.Images);
        generator.Initialize(random);
        using var optimizer = new Adam(generator, new AdamConfig { LearningRate = 5e-3 });
        var latents = new Latents(generator.LatentSize, 10, seed: 0, DrawPurpose.Generator);

        double[] entropies = [.. Enumerable.Range(0, 30).Select(_ =>
        {
            using Scope scope = Scope.Open();
            optimizer.ClearGradients();
            (Tensor z, Tensor labels) = latents.At(0, 8, Device.Cpu);
            Tensor loss = term.ForGenerator(Step(generator.Forward(z, labels), labels), memory)!;
            Autograd.Backward(loss);
            optimizer.Step();
            return loss.Item();
        })];

        Assert.True(entropies[^1] < 0.8 * entropies[0], $"{entropies[0]} → {entropies[^1]}");
    }

    [Fact]
    public void A_run_of_other_classes_or_none_is_refused_in_one_line()
    {
        var term = new ClassifierGuidance { File = _file };
        string[] names = ["cat", "dog"];

        var classes = Assert.Throws<ConfigException>(() => term.RequireFit(SmallRun.Plain.Model, new ImageSpec(3, 32, 2), names));
        var none = Assert.Throws<ConfigException>(() => term.RequireFit(SmallRun.Plain.Model with { Conditional = false }, SmallRun.Images, ToyboxPictures.ClassNames));

        Assert.Matches("classifier-guidance.*toybox.safetensors knows 10 classes.*these pictures have 2", classes.Message);
        Assert.Contains("model.conditional", none.Message);
        Assert.DoesNotContain('\n', classes.Message + none.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static LossStep Step(Tensor pictures, Tensor labels) => new()
    {
        Gan = null!,
        Latents = null!,
        Fake = new Batch(pictures, labels),
        FakeJudgement = default,
        Judge = _ => default,
        Draws = null!,
        Update = 0,
        Images = 0,
    };
}
