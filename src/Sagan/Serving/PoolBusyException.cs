namespace Sagan.Serving;

/// <summary>As many pictures wait as may; whoever asks should come back later.</summary>
public sealed class PoolBusyException : Exception
{
    /// <summary>Creates the exception for a pool in which so many pictures may wait.</summary>
    public PoolBusyException(int mostWaiting)
        : base($"{mostWaiting} pictures wait already, and no more may: come back later, or raise MostWaiting or Slots")
    {
    }
}
