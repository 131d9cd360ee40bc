namespace Sagan.Data;

/// <summary>A data set cannot be used; the message says what is wrong, where, and the cure, in one line.</summary>
public sealed class DataException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public DataException()
    {
    }

    /// <summary>Creates the exception with the reason.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the reason and the failure behind it.</summary>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
