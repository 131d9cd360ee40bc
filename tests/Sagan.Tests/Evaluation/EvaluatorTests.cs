using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Layers;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Metrics.Statistics;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Tests.Models;

namespace Sagan.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ToyboxExtractor _extractor = new();

    public void Dispose()
    {
        _extractor.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Figures_are_those_of_the_metrics_themselves()
    {
        var real = new MadePictures("real", 120, 90);
        var fake = new MadePictures("fake", 100, 110);

        IReadOnlyList<MetricCard> cards = Against(real).Evaluate(MetricBook.ParseAll("fid,kid,prdc,intra_fid"), fake);

        CollectedFeatures realFeatures = CollectedFeatures.Of(_extractor, real, rows: true), fakeFeatures = CollectedFeatures.Of(_extractor, fake, rows: true);
        PrecisionRecall neighbours = PrecisionRecall.Between(realFeatures.Rows!, fakeFeatures.Rows!);
        Assert.Equal(FrechetDistance.Between(realFeatures.Statistics, fakeFeatures.Statistics).Value, cards[0].Value, 9);
        Assert.Equal(KernelDistance.Between(fakeFeatures.Rows!, realFeatures.Rows!, new KernelDistanceConfig { SubsetSize = 100 }).Value, cards[1].Value);
        Assert.Equal([neighbours.Precision, neighbours.Recall, neighbours.Density, neighbours.Coverage], cards[2].Values.Values);
        Assert.Equal(IntraClassFrechet.Between(realFeatures.Rows!, realFeatures.Labels, fakeFeatures.Rows!, fakeFeatures.Labels).Mean, cards[3].Value, 9);
        Assert.Equal(["intraFid", "class0", "class1"], cards[3].Values.Keys);
    }

    [Fact]
    public void A_card_says_everything_that_decides_about_the_figure()
    {
        MetricCard card = Against(new MadePictures("real", 60, 90, fingerprint: "abc")).Evaluate(MetricBook.ParseAll("kid40"), new MadePictures("fake", 50, 110))[0];

        Assert.Equal(("toybox-random-conv-1:kid40", "fake", 40L), (card.Metric, card.Generated, card.GeneratedCount));
        Assert.Equal(("real", "abc", 60L), (card.Data, card.DataFingerprint, card.RealCount));
        Assert.Equal((_extractor.Name, _extractor.Preparation, _extractor.Identity, "torch-fidelity"), (card.Extractor, card.Resize, card.Weights, card.Convention));
        Assert.Equal(card.ToJson().ToJsonString(), MetricCard.FromJson(card.ToJson()).ToJson().ToJsonString());
    }

    [Fact]
    public void Real_pictures_are_looked_at_once_and_kept_for_the_next_time()
    {
        var real = new MadePictures("real", 60, 90, fingerprint: "one");
        var fake = new MadePictures("fake", 50, 110);

        double first = Against(real).Evaluate(MetricBook.ParseAll("kid,fid"), fake)[1].Value;
        double second = Against(real).Evaluate(MetricBook.ParseAll("kid,fid"), fake)[1].Value;
        _ = Against(new MadePictures("other", 60, 90, fingerprint: "two")).Evaluate(MetricBook.ParseAll("kid"), fake);

        Assert.Equal(60, real.Shown);
        Assert.Equal(first, second);
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "*.npz").Length);
    }

    [Fact]
    public void What_was_prepared_is_not_looked_at_again()
    {
        var real = new MadePictures("real", 60, 90);
        Evaluator evaluator = Against(real);
        IReadOnlyList<Metric> metrics = MetricBook.ParseAll("fid,kid");

        evaluator.Prepare(metrics);
        int shown = real.Shown;
        evaluator.Evaluate(metrics, new MadePictures("fake", 50, 110));

        Assert.Equal((60, 60), (shown, real.Shown));
    }

    [Fact]
    public void A_part_of_the_data_is_evenly_spaced_over_it()
    {
        using Sagan.Data.Dataset dataset = new Sagan.Data.ToyboxConfig { PerClass = 6, Resolution = 16 }.Open();
        PictureSeries tenth = new DatasetPictures(dataset).Sampled(10);

        Assert.Equal(10, tenth.Count);
        Assert.Equal(Enumerable.Range(0, 10), tenth.Read(10).SelectMany(run => run.Labels));
        Assert.Contains("60 pictures and 61 are asked for", Assert.Throws<MetricException>(() => new DatasetPictures(dataset).Sampled(61)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_of_a_file_serve_as_the_real_side_unless_they_are_of_something_else()
    {
        var real = new MadePictures("real", 60, 90);
        var fake = new MadePictures("fake", 50, 110);
        CollectedFeatures features = CollectedFeatures.Of(_extractor, real, rows: false);
        StatisticsFile.Write(_folder.At("ours.npz"), features.Statistics, StatisticsOrigin.Of(_extractor, 60, "real"));
        StatisticsFile.Write(_folder.At("theirs.npz"), features.Statistics, StatisticsOrigin.Of(_extractor, 60, "real") with { Resize = "clean-fid" });

        MetricCard fromFile = Evaluator(new StatisticsReference(StatisticsFile.Read(_folder.At("ours.npz")))).Evaluate(MetricBook.ParseAll("fid"), fake)[0];
        MetricCard fromPictures = Against(real).Evaluate(MetricBook.ParseAll("fid"), fake)[0];
        MetricException mixed = Assert.Throws<MetricException>(() =>
            Evaluator(new StatisticsReference(StatisticsFile.Read(_folder.At("theirs.npz")))).Evaluate(MetricBook.ParseAll("fid"), fake));
        MetricException rows = Assert.Throws<MetricException>(() =>
            Evaluator(new StatisticsReference(StatisticsFile.Read(_folder.At("ours.npz")))).Evaluate(MetricBook.ParseAll("kid"), fake));

        Assert.Equal((fromPictures.Value, 60L), (fromFile.Value, fromFile.RealCount));
        Assert.Contains("resizing clean-fid", mixed.Message, StringComparison.Ordinal);
        Assert.Contains("needs the features of each picture", rows.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_pictures_depend_on_the_seed_and_on_nothing_else()
    {
        using var gan = Small(conditional: true);
        using ModeScope evaluation = gan.Generator.Eval();
        DrawnPictures Drawn(long seed) => new(gan.Generator, Device.Cpu, new SampleOrigin("G") { Seed = seed }, ["a", "b", "c"]);

        byte[] many = [.. Drawn(1).Read(100).SelectMany(run => run.Pixels)], few = [.. Drawn(1).Read(70).SelectMany(run => run.Pixels)];

        Assert.Equal(many.Take(few.Length), few);
        Assert.NotEqual(few, [.. Drawn(2).Read(70).SelectMany(run => run.Pixels)]);
        Assert.Equal([0, 1, 2], Drawn(1).Read(100).SelectMany(run => run.Labels).Distinct().Order());
        Assert.All(Drawn(1).OfClass(2).Read(70).SelectMany(run => run.Labels), label => Assert.Equal(2, label));
        Assert.NotEqual(Drawn(1).OfClass(0).Read(5).First().Pixels, Drawn(1).OfClass(1).Read(5).First().Pixels);
    }

    [Fact]
    public void Repeats_draw_other_pictures_and_tell_mean_and_deviation()
    {
        using var gan = Small(conditional: false);
        using ModeScope evaluation = gan.Generator.Eval();
        var drawn = new DrawnPictures(gan.Generator, Device.Cpu, new SampleOrigin("G") { Seed = 4 }, []);
        Evaluator evaluator = Against(new MadePictures("real", 60, 90, side: 32));

        MetricCard card = evaluator.Evaluate(MetricBook.ParseAll("fid40"), drawn, repeats: 3)[0];

        double[] each = [.. Enumerable.Range(4, 3).Select(seed => evaluator.Evaluate(MetricBook.ParseAll("fid40"), drawn.WithSeed(seed))[0].Value)];
        Assert.Equal((3, 4L), (card.Repeats, card.Seed));
        Assert.Equal(each.Average(), card.Value, 9);
        Assert.Equal(Math.Sqrt(each.Sum(value => Math.Pow(value - each.Average(), 2)) / 2), card.Deviations!["fid"], 9);
        Assert.True(card.Deviations["fid"] > 0);
    }

    [Fact]
    public void Classes_are_drawn_as_often_as_there_are_real_pictures_of_them()
    {
        using var gan = Small(conditional: true);
        using ModeScope evaluation = gan.Generator.Eval();
        var drawn = new DrawnPictures(gan.Generator, Device.Cpu, new SampleOrigin("G"), ["a", "b", "c"]);

        MetricCard card = Against(new MadePictures("real", 45, 90, side: 32, classes: 3)).Evaluate(MetricBook.ParseAll("intra_fid"), drawn)[0];

        Assert.Equal((45L, 45L), (card.GeneratedCount, card.RealCount));
        Assert.Equal(["intraFid", "class0", "class1", "class2"], card.Values.Keys);
        Assert.Equal(card.Values.Values.Skip(1).Average(), card.Value, 9);
    }

    [Theory]
    [InlineData("fid60", "wants 60 pictures and fake has 50")]
    [InlineData("is", "knows no classes")]
    [InlineData("accuracy", "--features classifier:FILE")]
    [InlineData("prdc50k60", "wants 50000 pictures")]
    public void What_cannot_be_measured_is_refused_with_the_cure(string metrics, string problem)
    {
        Evaluator evaluator = Against(new MadePictures("real", 60, 90));

        MetricException error = Assert.Throws<MetricException>(() => evaluator.Evaluate(MetricBook.ParseAll(metrics), new MadePictures("fake", 50, 110)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Being_stopped_keeps_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var evaluator = new Evaluator(_extractor)
        {
            Real = _ => new PictureReference(new MadePictures("real", 60, 90, fingerprint: "one")),
            Cache = new ReferenceCache(_folder.Path),
            Stop = stop.Token,
        };

        Assert.Throws<OperationCanceledException>(() => evaluator.Evaluate(MetricBook.ParseAll("fid"), new MadePictures("fake", 50, 110)));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private Evaluator Against(PictureSeries real) => Evaluator(new PictureReference(real));

    private Evaluator Evaluator(Reference reference) => new(_extractor) { Real = _ => reference, Cache = new ReferenceCache(_folder.Path) };

    private static GanModel Small(bool conditional)
    {
        using var random = new RandomSource(1);
        var config = new SnganConfig { LatentSize = 4, GeneratorWidth = 4, DiscriminatorWidth = 4, Conditional = conditional };
        return config.Build(new ImageSpec(3, 32, conditional ? 3 : 1), random);
    }
}
