using Sagan.Models;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class TrainingConfigTests
{
    [Theory]
    [InlineData("totalImages=0", "totalImages")]
    [InlineData("batchSize=0", "batchSize")]
    [InlineData("generatorBatchSize=-1", "generatorBatchSize")]
    [InlineData("microBatchSize=0", "microBatchSize")]
    [InlineData("microBatchSize=3", "microBatchSize")]
    [InlineData("discriminatorSteps=0", "discriminatorSteps")]
    [InlineData("tickImages=0", "tickImages")]
    [InlineData("snapshotImages=0", "snapshotImages")]
    [InlineData("keep.last=0", "keep.last")]
    [InlineData("keep.everyImages=0", "keep.everyImages")]
    [InlineData("ema.halfLifeImages=0", "ema.halfLifeImages")]
    [InlineData("model.latentSize=0", "model.latentSize")]
    [InlineData("generatorOptimizer.learningRate=0", "generatorOptimizer.learningRate")]
    [InlineData("discriminatorOptimizer.beta1=1", "discriminatorOptimizer.beta1")]
    [InlineData("discriminatorOptimizer.beta2=-0.1", "discriminatorOptimizer.beta2")]
    [InlineData("generatorOptimizer.epsilon=-1", "generatorOptimizer.epsilon")]
    [InlineData("generatorOptimizer={\"kind\":\"rmsprop\",\"learningRate\":-1}", "generatorOptimizer.learningRate")]
    [InlineData("discriminatorOptimizer={\"kind\":\"rmsprop\",\"decay\":1}", "discriminatorOptimizer.decay")]
    [InlineData("discriminatorOptimizer={\"kind\":\"rmsprop\",\"epsilon\":-1}", "discriminatorOptimizer.epsilon")]
    [InlineData("discriminatorClip=0", "discriminatorClip")]
    [InlineData("topK.decay=1.5", "topK.decay")]
    [InlineData("topK.floor=0", "topK.floor")]
    [InlineData("topK.decayImages=0", "topK.decayImages")]
    [InlineData("terms=[{\"kind\":\"r1\",\"interval\":0}]", "terms.0.interval")]
    [InlineData("terms=[{\"kind\":\"r1\"},{\"kind\":\"lecam\",\"decay\":1}]", "terms.1.decay")]
    [InlineData("terms=[{\"kind\":\"auxiliary-classifier\"}]", "terms.0")]
    [InlineData("loss.kind=multi-hinge", "loss")]
    [InlineData("augmentation={\"kind\":\"ada\",\"probability\":2}", "augmentation.probability")]
    [InlineData("augmentation={\"kind\":\"ada\",\"target\":60}", "augmentation.target")]
    [InlineData("augmentation={\"kind\":\"ada\",\"intervalUpdates\":0}", "augmentation.intervalUpdates")]
    [InlineData("augmentation={\"kind\":\"ada\",\"rampImages\":0}", "augmentation.rampImages")]
    [InlineData("augmentation={\"kind\":\"diff-augment\",\"policies\":[]}", "augmentation.policies")]
    public void What_cannot_be_is_refused_by_name(string assignment, string setting)
    {
        TrainingConfig config = ConfigJson.Set(SmallRun.Plain, [assignment]);

        Assert.Equal(setting, Assert.Throws<ConfigException>(config.Validate).SettingPath);
    }

    [Fact]
    public void A_micro_batch_has_to_divide_the_generators_batch_too()
    {
        TrainingConfig config = SmallRun.Plain with { MicroBatchSize = 4, GeneratorBatchSize = 10 };

        Assert.Contains("generatorBatchSize 10", Assert.Throws<ConfigException>(config.Validate).Message);
        (config with { GeneratorBatchSize = 12 }).Validate();
    }
}
