using System.Text.Json.Nodes;
using Sagan.Tensors.Files;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class ScoreCommandTests(TrainedRun run)
{
    private const int Size = 3 * 32 * 32;

    private readonly Program _program = run.Program;

    [Fact]
    public void A_logit_depends_on_the_class_and_not_on_the_neighbours()
    {
        float[] pictures = [.. Enumerable.Range(0, 9 * Size).Select(i => MathF.Sin(i * 0.37f))];
        pictures.AsSpan(0, Size).CopyTo(pictures.AsSpan(8 * Size));
        Save("s9.npy", HostArray.Of<float>(pictures, 9, 3, 32, 32));
        Save("l9.npy", HostArray.Of<long>([3L, 1, 2, 3, 4, 5, 6, 7, 4], 9));
        Save("s1.npy", HostArray.Of<float>(pictures.AsSpan(0, Size), 1, 3, 32, 32));
        Save("l1.npy", HostArray.Of<long>([3L], 1));

        _program.Run($"score {run.Path} --images s9.npy --labels l9.npy --save d9.npy").Succeeded();
        JsonNode told = JsonNode.Parse(_program.Run($"score {run.Path} --images s1.npy --labels l1.npy --save d1.npy --json").Succeeded())!;

        HostArray nine = NpyFile.Read(_program.In("d9.npy"));
        float alone = NpyFile.Read(_program.In("d1.npy")).As<float>()[0];
        Assert.Equal([9L], nine.Shape.ToArray());
        Assert.Equal(alone, nine.As<float>()[0]);
        Assert.NotEqual(alone, nine.As<float>()[8]);
        Assert.Equal(alone, told["mean"]!.GetValue<float>());
    }

    [Fact]
    public void Bytes_are_judged_as_in_training()
    {
        byte[] bytes = [.. Enumerable.Range(0, Size).Select(i => (byte)(i * 7))];
        Save("b.npy", HostArray.Of<byte>(bytes, 1, 3, 32, 32));
        Save("f.npy", HostArray.Of<float>([.. bytes.Select(value => (value / 127.5f) - 1)], 1, 3, 32, 32));
        Save("l.npy", HostArray.Of<long>([0L], 1));

        _program.Run($"score {run.Path} --images b.npy --labels l.npy --save db.npy").Succeeded();
        _program.Run($"score {run.Path} --images f.npy --labels l.npy --save df.npy").Succeeded();

        Assert.Equal(NpyFile.Read(_program.In("df.npy")).ToFloat32(), NpyFile.Read(_program.In("db.npy")).ToFloat32());
    }

    [Fact]
    public void Pictures_without_labels_for_each_are_refused()
    {
        Save("two.npy", HostArray.Of<float>(new float[2 * Size], 2, 3, 32, 32));
        Save("one-label.npy", HostArray.Of<long>([0L], 1));

        string few = _program.Run($"score {run.Path} --images two.npy --labels one-label.npy --save no.npy").OneErrorLine(exitCode: 1);
        string none = _program.Run($"score {run.Path} --images two.npy --save no.npy").OneErrorLine(exitCode: 2);

        Assert.Matches("one-label.npy: .*1 labels.*2 rows", few);
        Assert.Contains("--labels", none, StringComparison.Ordinal);
    }

    private void Save(string file, HostArray array) => NpyFile.Write(_program.In(file), array);
}
