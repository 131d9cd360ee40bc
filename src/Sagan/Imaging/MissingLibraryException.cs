namespace Sagan.Imaging;

/// <summary>A system library for pictures is not installed; the message carries the cure.</summary>
/// <remarks>Not an <see cref="ImageException"/>: that one is the fault of a single picture and may be skipped.</remarks>
public sealed class MissingLibraryException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public MissingLibraryException()
    {
    }

    /// <summary>Creates the exception with the reason.</summary>
    public MissingLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the reason and the failure behind it.</summary>
    public MissingLibraryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
