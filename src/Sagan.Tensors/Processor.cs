namespace Sagan.Tensors;

/// <summary>The machine's processor, as far as thread counts need it.</summary>
public static class Processor
{
    /// <summary>Physical cores this process may use: the right number of threads for arithmetic.</summary>
    /// <remarks>Where the system does not tell (only Linux is asked, through its processor table), the logical ones.</remarks>
    public static int PhysicalCores
    {
        get
        {
            int logical = Environment.ProcessorCount;
            int physical = OperatingSystem.IsLinux() ? CoresOfLinux() : 0;
            return physical > 0 ? Math.Min(physical, logical) : logical;
        }
    }

    // One line "core id" and one "physical id" (the socket) for every logical processor.
    private static int CoresOfLinux()
    {
        const string Table = "/proc/cpuinfo";
        if (!File.Exists(Table))
            return 0;

        var cores = new HashSet<(string Socket, string Core)>();
        string socket = "";
        foreach (string line in File.ReadLines(Table))
        {
            if (line.StartsWith("physical id", StringComparison.Ordinal))
                socket = line;
            else if (line.StartsWith("core id", StringComparison.Ordinal))
                cores.Add((socket, line));
        }

        return cores.Count;
    }
}
