using System.Diagnostics;

namespace Sagan.Tensors.Tests.Files;

/// <summary>A Python with torch, where the machine has one.</summary>
internal static class PythonTorch
{
    /// <summary>Finding it takes a fraction of the seconds that importing it takes.</summary>
    private const string FindTorch = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";

    private static readonly Lazy<string?> s_interpreter = new(() => Array.Find(["python3", "/usr/bin/python3"], HasTorch));

    /// <summary>The interpreter's name, or null.</summary>
    public static string? Interpreter => s_interpreter.Value;

    /// <summary>Runs a program and returns the lines that it prints.</summary>
    public static string[] Run(string program, params ReadOnlySpan<string> arguments)
    {
        (int code, string output, string errors) = Run(Interpreter!, program, arguments);

        Assert.True(code == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool HasTorch(string interpreter)
    {
        try
        {
            return Run(interpreter, FindTorch, []).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Run(string interpreter, string program, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(interpreter, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
