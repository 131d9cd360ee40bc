namespace Sagan.Models;

/// <summary>A setting that cannot be: which one, what is wrong, and the cure.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>Creates the exception for a setting, for instance <c>model.generatorWidth</c>.</summary>
    public ConfigException(string path, string problem)
        : base($"{path}: {problem}") => SettingPath = path;

    /// <summary>The setting.</summary>
    public string SettingPath { get; }
}
