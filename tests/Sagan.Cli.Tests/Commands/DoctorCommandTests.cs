using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly Program _program = new();

    [Fact]
    public void A_machine_that_can_train_is_told_so()
    {
        Outcome outcome = _program.Run("doctor");

        Assert.Contains("Training can run", outcome.Succeeded(), StringComparison.Ordinal);
        Assert.Matches("ok +self-test", outcome.Output);
        Assert.Contains(_program.In("cache"), outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_same_findings()
    {
        JsonNode told = JsonNode.Parse(_program.Run("doctor --json").Succeeded())!;

        Assert.True(told["ready"]!.GetValue<bool>());
        Assert.Contains(told["findings"]!.AsArray(), finding => finding!["subject"]!.GetValue<string>() == "libtorch");
    }

    [Fact]
    public void A_chosen_libtorch_that_is_not_the_shim_s_is_never_replaced_by_another()
    {
        _program.Variables["SAGAN_LIBTORCH"] = _program.Folder;

        Outcome doctor = _program.Run("doctor");

        Assert.Equal(1, doctor.ExitCode);
        Assert.Matches($"missing +native shim +.*SAGAN_LIBTORCH={_program.Folder} has no libc10", doctor.Output);
    }

    [Fact]
    public void Without_the_shim_the_doctor_names_the_cure_and_help_still_helps()
    {
        using var program = new Program(CopyWithoutShim());

        Outcome doctor = program.Run("doctor");
        Outcome help = program.Run("train --help");
        string training = program.Run("train").OneErrorLine(exitCode: 1);

        Assert.Equal(1, doctor.ExitCode);
        Assert.Matches("missing +native shim", doctor.Output);
        Assert.Contains("cure: ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("--data", help.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("sagan doctor", training, StringComparison.Ordinal);
    }

    public void Dispose() => _program.Dispose();

    private string CopyWithoutShim()
    {
        string folder = _program.In("program");
        Directory.CreateDirectory(folder);
        IEnumerable<string> files = Directory.EnumerateFiles(AppContext.BaseDirectory)
            .Where(file => Path.GetExtension(file) is ".json" or ".dll" && Path.GetFileName(file) != "sagan.dll");
        foreach (string file in files)
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
