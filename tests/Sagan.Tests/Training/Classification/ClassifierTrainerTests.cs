using Sagan.Classifiers;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Training;
using Sagan.Training.Classification;

namespace Sagan.Tests.Training.Classification;

public sealed class ClassifierTrainerTests
{
    private static readonly ClassifierTraining s_settings = new() { Width = 8, BatchSize = 16, TotalImages = 3200 };

    [Fact]
    public void It_learns_the_toybox_well_enough_to_judge_pictures_it_has_not_seen()
    {
        using var threads = new OneThread();
        using Dataset whole = new ToyboxConfig { Resolution = 16, PerClass = 60 }.Open();
        (DatasetPart kept, DatasetPart held) = HeldOutShare.Split(whole, 0.2);
        using var trainer = new ClassifierTrainer(s_settings, kept, Device.Cpu);
        var ticks = new List<ClassifierTick>();
        trainer.Ticked += ticks.Add;

        TrainingOutcome outcome = trainer.Run();
        ClassifierJudge judge = ClassifierJudge.OfDataset(trainer.Classifier, Device.Cpu, held);

        Assert.Equal(TrainingOutcome.Finished, outcome);
        Assert.Equal((3200, 50), (trainer.Images, ticks.Count));
        Assert.True(ticks[^1].Loss < 0.5 * ticks[0].Loss, $"{ticks[0].Loss} → {ticks[^1].Loss}");
        Assert.Equal(120, judge.Confusion.Total);
        Assert.True(judge.Confusion.Accuracy > 0.5, $"{judge.Confusion.Accuracy}; chance is 0.1");
        Assert.True(judge.Diversity > 0);
        Assert.True(trainer.Classifier.IsTraining);
    }

    [Fact]
    public void A_request_to_stop_ends_it_with_a_classifier_that_can_be_kept()
    {
        using var threads = new OneThread();
        using Dataset dataset = new ToyboxConfig { Resolution = 8, PerClass = 4 }.Open();
        using var trainer = new ClassifierTrainer(s_settings with { BatchSize = 8 }, dataset, Device.Cpu);
        using var source = new CancellationTokenSource();
        trainer.Ticked += _ => source.Cancel();

        Assert.Equal(TrainingOutcome.Stopped, trainer.Run(source.Token));
        Assert.Equal(64, trainer.Images);
    }

    [Fact]
    public void Samples_are_judged_by_the_class_they_were_asked_for()
    {
        using var threads = new OneThread();
        using var random = new RandomSource(1);
        using Classifier classifier = Classifiers.SmallClassifier.Create(resolution: 32, classes: 10);
        using GanModel gan = SmallRun.Plain.Model.Build(SmallRun.Images, random);
        gan.Generator.SetTraining(false);

        ClassifierJudge judge = ClassifierJudge.OfSamples(classifier, gan.Generator, Device.Cpu, count: 25);

        Assert.Equal([3, 3, 3, 3, 3, 2, 2, 2, 2, 2], Enumerable.Range(0, 10).Select(label => (int)judge.Confusion.CountOf(label)));
        Assert.NotNull(judge.Diversity);
    }

    [Fact]
    public void The_sheet_is_white_where_all_pictures_of_a_class_went()
    {
        using var folder = new TemporaryFolder();
        var confusion = new ConfusionMatrix(2);
        confusion.Add(0, 1);
        confusion.Add(1, 1);
        confusion.Add(1, 0);

        ConfusionSheet.Write(folder.At("sheet.png"), confusion, ["a", "b"]);

        Raster sheet = ImageFile.Decode(File.ReadAllBytes(folder.At("sheet.png")));
        int left = sheet.Width - 49;
        Assert.Equal([0, 255], new[] { 12, 37 }.Select(x => (int)sheet.Row(12)[(left + x) * sheet.Channels]));
        Assert.Equal([128, 128], new[] { 12, 37 }.Select(x => (int)sheet.Row(37)[(left + x) * sheet.Channels]));
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused_by_flag()
    {
        Assert.Equal("--batch", Assert.Throws<ConfigException>(() => (s_settings with { BatchSize = 1 }).Validate()).SettingPath);
        Assert.Equal("--learning-rate", Assert.Throws<ConfigException>(() => (s_settings with { LearningRate = 0 }).Validate()).SettingPath);
    }
}
