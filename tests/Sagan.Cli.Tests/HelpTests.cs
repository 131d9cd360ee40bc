namespace Sagan.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly Program _program = new();

    [Theory]
    [InlineData("", "train grow sample upscale score classifier data recipes doctor --version")]
    [InlineData("train", "--data --split --skip-bad --resolution --images --kimg --batch --set --seed --outdir --desc --snap --keep --resume --init-from --device --threads --precision --dry-run --json")]
    [InlineData("sample", "<network> --seeds --class --grid --outdir --latents --labels --save --device --threads --json")]
    [InlineData("score", "<network> --images --labels --save --device --threads --json")]
    [InlineData("grow", "--data --split --skip-bad --stages --images-per-stage --batch --set --seed --outdir --snap --resume --device --threads --dry-run --json")]
    [InlineData("upscale", "<network> <pictures> --outdir --seed --tile --compare --device --threads --json")]
    [InlineData("classifier", "train test judge")]
    [InlineData("classifier train", "--data --split --test-split --held-out --skip-bad --resolution --images --batch --width --learning-rate --no-mirror --seed --output --confusion --device --threads --json")]
    [InlineData("classifier test", "<file> --data --split --all --skip-bad --confusion --device --threads --json")]
    [InlineData("classifier judge", "<file> <network> --samples --data --split --skip-bad --device --threads --json")]
    [InlineData("data", "inspect pack")]
    [InlineData("data inspect", "<path> --split --sheet --json")]
    [InlineData("data pack", "<path> <out.zip> --split --resolution --skip-bad --json")]
    [InlineData("recipes", "show --json")]
    [InlineData("recipes show", "<name>")]
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
