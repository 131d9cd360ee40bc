namespace Sagan.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly Program _program = new();

    [Theory]
    [InlineData("", "train grow sample upscale import export score curve nearest truncation morph attention oracle classifier data plan summary plot recipes doctor --version")]
    [InlineData("train", "--data --split --skip-bad --resolution --images --kimg --batch --set --seed --outdir --desc --snap --keep --on-collapse --resume --init-from --device --threads --precision --profile --dry-run --json")]
    [InlineData("sample", "<network> --seeds --class --grid --outdir --latents --labels --save --truncation --truncation-mode --standing --device --threads --json")]
    [InlineData("curve", "<network> --data --split --thresholds --truncation-mode --standing --metrics --samples --seed --output --features --inception --resize --device --threads --json")]
    [InlineData("nearest", "<network> --data --split --seeds --class --neighbours --output --features --inception --resize --truncation --truncation-mode --standing --device --threads --json")]
    [InlineData("truncation", "<network> --output --seeds --class --steps --truncation-mode --standing --device --threads --json")]
    [InlineData("morph", "<network> --output --classes --seeds --seed --travel --frames --fps --size --truncation --truncation-mode --standing --device --threads --json")]
    [InlineData("attention", "<network> --output --image --seeds --seed --class --layer --queries --truncation --standing --device --threads --json")]
    [InlineData("oracle", "<network> --samples --seed --device --threads --json")]
    [InlineData("score", "<network> --images --labels --save --device --threads --json")]
    [InlineData("grow", "--data --split --skip-bad --stages --images-per-stage --batch --set --seed --outdir --snap --resume --device --threads --dry-run --json")]
    [InlineData("upscale", "<network> <pictures> --outdir --seed --tile --compare --device --threads --json")]
    [InlineData("import", "<kind> <files> --config --output --json")]
    [InlineData("export", "<network> --to --part --names --output --json")]
    [InlineData("classifier", "train test judge")]
    [InlineData("classifier train", "--data --per-class --split --test-split --held-out --skip-bad --resolution --images --batch --width --learning-rate --no-mirror --seed --output --confusion --device --threads --json")]
    [InlineData("classifier test", "<file> --data --split --all --skip-bad --confusion --device --threads --json")]
    [InlineData("classifier judge", "<file> <network> --samples --data --split --skip-bad --device --threads --json")]
    [InlineData("data", "inspect pack")]
    [InlineData("data inspect", "<path> --split --sheet --json")]
    [InlineData("data pack", "<path> <out.zip> --split --resolution --skip-bad --json")]
    [InlineData("recipes", "show --json")]
    [InlineData("recipes show", "<name>")]
    [InlineData("summary", "<what> --resolution --classes --set --json")]
    [InlineData("plan", "<recipe> --data --resolution --classes --images --batch --set --gpu --tflops --memory --no-measure --device --threads --json")]
    [InlineData("plot", "<run> --outdir --json")]
    [InlineData("doctor", "--json")]
    public void Help_mentions_every_flag_and_ends_with_an_example(string command, string flags)
    {
        string help = _program.Run($"{command} --help").Succeeded();

        Assert.All(flags.Split(' '), flag => Assert.Contains(flag, help, StringComparison.Ordinal));
        string examples = help[help.IndexOf("Example", StringComparison.Ordinal)..];
        Assert.Contains($"  sagan {command}".TrimEnd(), examples, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  sagan {command}".TrimEnd(), help, StringComparison.Ordinal);
    }

    public void Dispose() => _program.Dispose();
}
