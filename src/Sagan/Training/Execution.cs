namespace Sagan.Training;

/// <summary>How a GPU comes by the work of an update; on a processor both come to the same.</summary>
public enum Execution
{
    /// <summary>Operator by operator, as the host calls them.</summary>
    Eager,

    /// <summary>With all that a GPU may do faster: after a few updates by graphs, one for each network, which call all kernels at once. Updates that cannot be recorded stay eager: see docs/gpu.md.</summary>
    Graph,
}
