namespace Sagan.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Program _program = new();

    [Theory]
    [InlineData("trian", "trian")]
    [InlineData("doctor --loud", "--loud")]
    [InlineData("train no-such-recipe", "no-such-recipe")]
    [InlineData("train --set model.width=8", "model.width")]
    [InlineData("train --set batchSize=-8", "batchSize")]
    [InlineData("train --set batchSize=many", "batchSize")]
    [InlineData("train --images few", "few")]
    [InlineData("train --device tpu", "tpu")]
    [InlineData("train --threads 0", "--threads 0")]
    [InlineData("recipes show no-such-recipe", "no-such-recipe")]
    [InlineData("sample somewhere --seeds 5-1", "5-1")]
    [InlineData("sample somewhere --labels y.npy", "--latents")]
    [InlineData("sample somewhere --latents z.npy", "--save")]
    [InlineData("sample somewhere --latents z.npy --save x.npy --grid", "--grid")]
    [InlineData("score somewhere --images x.npy", "--save")]
    [InlineData("score somewhere --images x.npy --save no/folder/y.npy", "no/folder")]
    [InlineData("grow tiny", "model.kind")]
    [InlineData("grow --stages 16,64", "16, 64")]
    [InlineData("grow --resume", "--resume")]
    [InlineData("classifier train -o no/folder/c.safetensors", "no/folder")]
    [InlineData("classifier train -o c.safetensors --held-out 100", "--held-out")]
    [InlineData("classifier train -o c.safetensors --width 3", "--width")]
    [InlineData("upscale somewhere nothing.png", "nothing.png")]
    [InlineData("import pickle g.pth -o g.safetensors", "pickle")]
    [InlineData("import auto g.pth", "--output")]
    [InlineData("import auto g.pth -o no/folder/g.safetensors", "no/folder")]
    [InlineData("data inspect toybox --split test", "--split")]
    [InlineData("train --data toybox --split test --dry-run", "--split")]
    [InlineData("data inspect toybox --sheet no/folder/sheet.png", "no/folder")]
    [InlineData("train --on-collapse cry", "cry")]
    [InlineData("train --profile --dry-run", "--dry-run")]
    [InlineData("train --profile --images 100", "raise --images")]
    [InlineData("train --keep best=beauty", "beauty")]
    [InlineData("train --set collapse.sigmaGrowth=0.5", "collapse.sigmaGrowth")]
    [InlineData("summary no-such-recipe", "no-such-recipe")]
    [InlineData("summary tiny --classes 0", "--classes 0")]
    [InlineData("plan tiny --gpu abacus", "abacus")]
    [InlineData("plan tiny --tflops 20", "--memory")]
    [InlineData("data pack here there.tar", "there.tar")]
    [InlineData("data pack here.zip ./here.zip", "here.zip")]
    public void A_call_that_cannot_be_understood_ends_with_2_and_one_line(string arguments, string culprit)
    {
        string line = _program.Run(arguments).OneErrorLine(exitCode: 2);

        Assert.Contains(culprit, line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_program.Folder));
    }

    [Theory]
    [InlineData("train --data missing/pictures", "missing/pictures")]
    [InlineData("train --resume missing-run", "missing-run")]
    [InlineData("plot missing-run", "missing-run")]
    [InlineData("sample missing.safetensors", "missing.safetensors")]
    [InlineData("score missing-run --images x.npy --save y.npy", "missing-run")]
    [InlineData("grow --resume missing-run", "missing-run")]
    [InlineData("classifier test missing.safetensors --data toybox", "missing.safetensors")]
    [InlineData("import auto missing.pth -o g.safetensors", "missing.pth")]
    [InlineData("train --init-from missing.safetensors", "missing.safetensors")]
    [InlineData("data inspect missing/pictures", "missing/pictures")]
    [InlineData("data pack missing/pictures out.zip", "missing/pictures")]
    public void What_is_not_there_is_named_and_ends_with_1(string arguments, string culprit)
    {
        string line = _program.Run(arguments).OneErrorLine(exitCode: 1);

        Assert.Contains(culprit, line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_program.Folder));
    }

    public void Dispose() => _program.Dispose();
}
